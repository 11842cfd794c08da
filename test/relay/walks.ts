import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Body } from '../../src/modproxy/body.ts';
import { versionFile } from '../../src/modproxy/proxy-file.ts';
import type { Outcome } from '../../src/relay/outcome.ts';
import { openPool } from '../../src/relay/pool.ts';
import { startPulse } from '../../src/relay/pulse.ts';
import type { Upstream, UpstreamReply } from '../../src/relay/upstream.ts';
import { startHealth } from '../../src/relay/upstream-health.ts';
import { startWalk, tiersOf } from '../../src/relay/walk.ts';
import { NetworkFailure } from '../../src/system/network/failure.ts';
import { memorySpool } from './memory-spool.ts';
import type { Random } from './random.ts';

/** What an upstream answers each time that it is asked for the file. */
const answers = ['right', 'wrong', 'page', 404, 410, 401, 403, 429, 500, 502, 'reset', 'refused', 'silent'] as const;
type Answer = (typeof answers)[number];

interface Entry {
  trust: 'public' | 'gatekeeper';
  fallsBackOn: Upstream['fallsBackOn'];
  answer: Answer;
  waitMs: number;
}

/** A list of upstreams as GOPROXY may name them, and what stands behind it. */
export interface MadeList {
  entries: Entry[];
  end: 'direct' | 'off' | null;
}

export function madeList(random: Random): MadeList {
  const count = 1 + Math.floor(random.next() * 5);
  const end = random.pick(['direct', 'off', null] as const);
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const isLast = index === count - 1 && end === null;
    return {
      trust: random.pick(['public', 'public', 'gatekeeper']),
      fallsBackOn: isLast ? null : random.pick(['not-found', 'not-found', 'any-error']),
      answer: random.pick(random.next() < 0.5 ? answers : ([404, 410, 502, 'reset', 'right'] as const)),
      waitMs: Math.floor(random.next() * 30),
    };
  });
  return { entries, end };
}

const file = versionFile('corp.test/secret', 'v1.0.0', 'mod');
const content = 'module corp.test/secret\n';

/** Looks for one file in such a list, and says in words what go would not have done. */
export async function walkThrough({ entries, end }: MadeList): Promise<string[]> {
  /** Who was asked, and who has answered, in the order in which that happened. */
  const log: { index: number; what: 'asked' | 'answered' }[] = [];
  const pulse = startPulse();
  const upstreams = entries.map((entry, index) => upstreamWith(entry, index, log));
  const track = {
    spool: memorySpool(),
    pulse,
    verify: async (_: unknown, body: Body) =>
      body.kind === 'memory' && body.bytes.toString() === content ? null : 'other hash',
    failedOver: () => {},
  };
  const outcome = await startWalk(tiersOf(upstreams).map(openPool), end, file, 'wanted', track).outcome;
  pulse.stop();
  return faultsIn({ entries, end }, log, outcome);
}

/** `TryProxies` (cmd/go/internal/modfetch/proxy.go). A silence is waited for without end. */
const letsGoOn = ({ answer, fallsBackOn }: Entry): boolean =>
  answer === 404 ||
  answer === 410 ||
  (fallsBackOn === 'any-error' && !['silent', 'right', 'wrong', 'page'].includes(String(answer)));
/** Neighbours of which any may be asked: public mirrors; everyone else is alone. */
function groupsOf(entries: readonly Entry[]): (Entry & { index: number })[][] {
  const groups: (Entry & { index: number })[][] = [];
  for (const [index, entry] of entries.entries()) {
    const isNeighbour = index > 0 && entry.trust === 'public' && entries[index - 1]!.trust === 'public';
    if (isNeighbour) groups.at(-1)!.push({ ...entry, index });
    else groups.push([{ ...entry, index }]);
  }
  return groups;
}
/** Bytes that go takes for a go.mod whatever they are, and compares later. */
const givesBytes = ({ answer }: Entry): boolean => answer === 'right' || answer === 'wrong' || answer === 'page';

function faultsIn(
  { entries, end }: MadeList,
  log: readonly { index: number; what: string }[],
  outcome: Outcome,
): string[] {
  const faults: string[] = [];
  const tiers = groupsOf(entries);
  let isReached = true;
  let isOver = false;
  for (const tier of tiers) {
    const members = new Set(tier.map(({ index }) => index));
    if (!isReached && log.some(({ index }) => members.has(index)))
      faults.push(`${[...members]} was asked out of its turn`);
    if (isReached) {
      const right = tier.filter(({ answer }) => answer === 'right');
      const barrier = Math.min(
        ...tier
          .filter(({ answer, fallsBackOn }) => (answer === 401 || answer === 403) && fallsBackOn !== 'any-error')
          .map(({ index }) => index),
      );
      const known = log.findIndex(({ index, what }) => what === 'answered' && index === barrier);
      for (const [at, { index, what }] of log.entries())
        if (known >= 0 && at > known && what === 'asked' && members.has(index) && index > barrier)
          faults.push(`${index} was asked after ${barrier} had refused`);
      const mayHave = right.some(({ index }) => index < barrier);
      if (mayHave && !(outcome.kind === 'file' && outcome.right)) faults.push('a right file was not taken');
      isOver ||= right.length > 0 || tier.some(givesBytes);
    }
    isReached &&= tier.every(letsGoOn);
  }
  if (outcome.kind === 'file') {
    const { answer } = entries[Number(outcome.upstream.slice(1))]!;
    if (outcome.right !== (answer === 'right'))
      faults.push(`${answer} of ${outcome.upstream} is taken as right: ${outcome.right}`);
    if (!log.some(({ index }) => `u${index}` === outcome.upstream)) faults.push(`${outcome.upstream} was not asked`);
  } else {
    // Where everything lets go on, go comes to what stands behind the list; nothing else makes it go there.
    const goesOn = entries.every(letsGoOn);
    if (outcome.goesOn !== goesOn && !isOver) faults.push(`goes on: ${outcome.goesOn} in place of ${goesOn}`);
    const isToldNotFound = outcome.kind === 'not-found';
    if (end === 'direct' && isToldNotFound && !goesOn) faults.push('go is sent to the origin');
  }
  return faults;
}

function upstreamWith(
  { trust, fallsBackOn, answer, waitMs }: Entry,
  index: number,
  log: { index: number; what: 'asked' | 'answered' }[],
): Upstream {
  return {
    ...{ name: `u${index}`, url: `https://u${index}.test`, trust, fallsBackOn, index, database: null },
    ...{ health: startHealth(), requests: 0, bytes: 0, failures: 0, resumed: {} },
    idle: () => 0,
    parallel: () => 16,
    async get(_, signal) {
      log.push({ index, what: 'asked' });
      if (answer === 'silent')
        await new Promise<never>((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new Error('aborted'))),
        );
      await new Promise(resolve => setTimeout(resolve, waitMs));
      log.push({ index, what: 'answered' });
      if (answer === 'reset' || answer === 'refused')
        throw new NetworkFailure(
          'tcp',
          answer === 'reset' ? 'connection-reset' : 'connection-refused',
          `u${index}`,
          answer,
        );
      if (typeof answer === 'number') return replyOf(answer, '');
      return replyOf(
        200,
        answer === 'right'
          ? content
          : answer === 'wrong'
            ? `${content}\n// ${randomUUID()}\n`
            : '<!DOCTYPE html><html></html>',
      );
    },
  };
}

const replyOf = (status: number, text: string): UpstreamReply => ({
  status,
  statusText: '',
  headers: { 'content-length': String(text.length) },
  body: Readable.from([Buffer.from(text)]),
});
