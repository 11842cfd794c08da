import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { GoFacts } from '../../go/facts.ts';
import { routeOf, toolchainModule } from '../../go/route.ts';
import { faultAt, faultOf } from '../../modproxy/fault.ts';
import type { Network } from '../../system/network/connection.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import { openSession } from '../../system/network/session.ts';
import type { ToolchainNeed } from '../facts.ts';

/** Whether the release that go would switch to is available: go's own refusal, or what the mirrors answer for it. Null: no switch. */
export async function gatherToolchain(
  network: Network,
  go: GoFacts,
  deadline: Deadline,
): Promise<ToolchainNeed | null> {
  if (!go.switch) return null;
  const { wanted: name, available, message } = go.switch;
  if (available) return { name, ok: true, detail: '' };
  const offline = /not available|disabled by GOPROXY=off/.test(message);
  if (!offline) return { name, ok: false, detail: message };
  const route = routeOf(toolchainModule, go.settings);
  if (!route.ok) return { name, ok: false, detail: route.error.message };
  const file = `v0.0.1-${name}.${go.hostOs}-${go.hostArch}.zip`;
  const answers: string[] = [];
  for (const { kind, url, fallsBackOn } of route.route.steps) {
    if (kind !== 'proxy') break;
    const answer = await head(network, `${url!.replace(/\/+$/, '')}/${toolchainModule}/@v/${file}`, deadline);
    if (answer.ok) return { name, ok: true, detail: '' };
    answers.push(answer.words);
    if (fallsBackOn === null || (fallsBackOn === 'not-found' && !answer.notFound)) break;
  }
  return { name, ok: false, detail: [message, ...answers].join('; ') };
}

async function head(network: Network, address: string, deadline: Deadline) {
  if (!URL.canParse(address)) return { ok: false, notFound: false, words: address };
  const url = new URL(address);
  if (url.protocol === 'file:') {
    const found = await stat(fileURLToPath(url)).catch(() => null);
    return { ok: found !== null, notFound: true, words: `${url.pathname}: no such file` };
  }
  const session = await openSession(network);
  try {
    const reply = await session.request('HEAD', url, { deadline, maxBytes: 1000 });
    const { status } = reply;
    // Athens answers HEAD on zips only, others on nothing: a refusal of the method says nothing.
    const ok = status === 200 || status === 405;
    return {
      ok,
      notFound: status === 404 || status === 410,
      words: `${url.host}: ${status} ${faultAt(reply).cause}`,
    };
  } catch (error) {
    const { target, detail } = faultOf(error);
    return { ok: false, notFound: false, words: `${target}: ${detail}` };
  } finally {
    await session.close();
  }
}
