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
export type OriginLook = Promise<{ body: string } | Complaint>;

/** Asks an origin as go does, a little ahead of the deadline: go itself would still be waiting then. */
export async function lookAtOrigin(network: Network, path: string, deadline: Deadline): OriginLook {
  const ahead = startDeadline(deadline.signal, deadline.remainingMs() - aheadMs);
  return answerOf(network, new URL(`https://${path}?go-get=1`), ahead).finally(() => ahead.clear());
}

const aheadMs = 300;

/** Go hides behind these what kept it from an origin. */
const hidden = /no secure protocol found for repository|https fetch: |unrecognized import path/;

/**
 * Looks closer at an origin that go could not fetch from, where its words hide why: whether the host answers, what git says, and
 * whether it answers over plain http only.
 */
export async function refineOrigin(
  context: Context,
  network: Network,
  { trial, look, deadline }: { trial: Trial; look: OriginLook; deadline: Deadline },
): Promise<Trial> {
  const { need, outcome, complaint } = trial;
  const host = need.path.split('/')[0]!;
  if (outcome === 'ok' || outcome === 'large') return trial;
  if (outcome === 'failed' && !hidden.test(complaint!.text)) return trial;
  const secure = await look;
  if (outcome === 'waiting') return 'cause' in secure ? with_(secure) : trial;
  if (deadline.remainingMs() < 200) return trial;
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
