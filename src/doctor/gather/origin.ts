import { faultOf } from '../../probe/verdict.ts';
import type { Context } from '../../system/context.ts';
import { authorityOf, hostAndPort, type Network } from '../../system/network/connection.ts';
import type { Deadline } from '../../system/network/deadline.ts';
import { openSession } from '../../system/network/session.ts';
import { runProcess } from '../../system/process.ts';
import type { Complaint, Trial } from '../facts.ts';
import { complaintOf } from './complaint.ts';

/** Go hides behind these what kept it from an origin. */
const hidden = /no secure protocol found for repository|https fetch: |unrecognized import path/;

/**
 * Looks closer at an origin that go could not fetch from, where its words hide why: whether the host answers, what git says, and
 * whether it answers over plain http only.
 */
export async function refineOrigin(
  context: Context,
  network: Network,
  trial: Trial,
  deadline: Deadline,
): Promise<Trial> {
  const { need, outcome, complaint } = trial;
  const host = need.path.split('/')[0]!;
  if (outcome === 'ok' || outcome === 'large' || deadline.remainingMs() < 200) return trial;
  if (outcome === 'failed' && !hidden.test(complaint!.text)) return trial;
  const secure = await answerOf(network, new URL(`https://${need.path}?go-get=1`), deadline);
  if ('cause' in secure) {
    const plain = await answerOf(network, new URL(`http://${need.path}?go-get=1`), deadline);
    if ('body' in plain && /<meta[^>]+go-import/i.test(plain.body)) {
      return with_({
        text: `http://${host} answers, https://${host} does not: ${secure.text}`,
        cause: 'insecure-http',
        culprit: secure.culprit,
      });
    }
    return with_(secure);
  }
  if (!complaint?.text.includes('no secure protocol')) return trial;
  const repository = need.path.replace(/(\.git)(\/.*)?$/, '');
  const { stderr, timedOut } = await runProcess(context, 'git', ['ls-remote', `https://${repository}`], {
    env: { ...context.env, GIT_TERMINAL_PROMPT: '0' },
    timeoutMs: deadline.remainingMs(),
  });
  if (timedOut || stderr.trim() === '') return trial;
  return with_(
    await complaintOf(
      `go: ${need.path}@${need.version}: git ls-remote https://${repository}: exit status 128:\n\t${stderr.trim()}`,
    ),
  );

  function with_(found: Complaint): Trial {
    return {
      ...trial,
      outcome: 'failed',
      complaint: { ...found, text: `${complaint?.text ?? ''} ${found.text}`.trim() },
    };
  }
}

async function answerOf(network: Network, url: URL, deadline: Deadline): Promise<{ body: string } | Complaint> {
  const session = await openSession(network);
  try {
    const reply = await session.request('GET', url, { deadline, maxBytes: 100_000 });
    return { body: reply.body.toString('utf8') };
  } catch (error) {
    const { cause, detail } = faultOf(error);
    return { text: detail, cause, culprit: authorityOf(hostAndPort(url)) };
  } finally {
    await session.close();
  }
}
