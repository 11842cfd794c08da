import { faultOf } from '../../modproxy/fault.ts';
import type { Context } from '../../system/context.ts';
import { authorityOf, hostAndPort } from '../../system/network/address.ts';
import type { Network } from '../../system/network/connection.ts';
import { type Deadline, startDeadline } from '../../system/network/deadline.ts';
import { openSession } from '../../system/network/session.ts';
import { runProcess } from '../../system/process.ts';
import type { Complaint, Trial } from '../facts.ts';
import { complaintOf } from './complaint.ts';

/** What an origin answers when it is asked where a module is, or why it does not answer. */
export type OriginLook = Promise<{ answered: URL } | Complaint>;

/** Asks an origin as go does, a little ahead of the deadline: go itself would still be waiting then. */
export async function lookAtOrigin(network: Network, path: string, deadline: Deadline): OriginLook {
  const ahead = startDeadline(deadline.signal, deadline.remainingMs() - aheadMs);
  return answerOf(network, `https://${path}?go-get=1`, ahead).finally(() => ahead.clear());
}

const aheadMs = 300;

/** Go hides behind these what kept it from an origin. */
const hidden = /no secure protocol found for repository|https fetch: |unrecognized import path/;

/**
 * Looks closer at an origin that go could not fetch from, where its words hide why: whether the host answers, what git says, and
 * whether the host answers over plain http only. It hears no name in plain text.
 */
export async function refineOrigin(
  context: Context,
  network: Network,
  { trial, look, deadline }: { trial: Trial; look: OriginLook; deadline: Deadline },
): Promise<Trial> {
  const { need, outcome, complaint } = trial;
  if (outcome === 'ok' || outcome === 'large') return trial;
  if (outcome === 'failed' && !hidden.test(complaint!.text)) return trial;
  const secure = await look;
  if (outcome === 'waiting') return 'cause' in secure ? having(secure) : trial;
  if (deadline.remainingMs() < 200) return trial;
  if ('cause' in secure) return having((await overPlainHttp(secure)) ?? secure);
  if (!complaint?.text.includes('no secure protocol')) return trial;
  const repository = need.path.replace(/(\.git)(\/.*)?$/, '');
  const { stderr, timedOut } = await runProcess(context, 'git', ['ls-remote', `https://${repository}`], {
    env: { ...context.env, GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: deadline.remainingMs(),
    signal: deadline.signal,
    group: true,
  });
  if (timedOut || stderr.trim() === '') return trial;
  const said = `git ls-remote https://${repository}: exit status 128:\n\t${stderr.trim()}`;
  return having(await complaintOf(`go: ${need.path}@${need.version}: ${said}`));

  function having(found: Complaint): Trial {
    const text = `${complaint?.text ?? ''} ${found.text}`.trim();
    return { ...trial, outcome: 'failed', complaint: { ...found, text } };
  }

  async function overPlainHttp(secure: Complaint): Promise<Complaint | null> {
    const host = need.path.split('/')[0]!;
    const plain = await answerOf(network, `http://${host}/`, deadline);
    // Where it leads elsewhere, most often to https, it says nothing about plain http.
    if (!('answered' in plain) || plain.answered.protocol !== 'http:' || plain.answered.host !== host) return null;
    const text = `http://${host} answers, https://${host} does not: ${secure.text}`;
    return { text, cause: 'insecure-http', culprit: secure.culprit };
  }
}

async function answerOf(network: Network, address: string, deadline: Deadline): OriginLook {
  if (!URL.canParse(address)) return { text: address, cause: 'malformed-module-path', culprit: address };
  const url = new URL(address);
  const session = await openSession(network);
  try {
    return { answered: (await session.request('GET', url, { deadline, maxBytes: 100_000 })).url };
  } catch (error) {
    const { cause, detail } = faultOf(error);
    return { text: detail, cause, culprit: authorityOf(hostAndPort(url)) };
  } finally {
    await session.close();
  }
}
