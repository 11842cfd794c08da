import type { MirrorProbe } from '../../probe/result.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { fetchesThroughProxy, pullWorks } from '../judge.ts';
import { withPort } from '../target.ts';

/** Each mirror in effect or named: whether it serves what go needs of it. */
export const mirrors: Check = {
  id: 'mirrors',
  group: 'mirrors',
  applies: ({ mirrors: probes }) => probes.some(({ counts }) => counts),
  run: facts => facts.mirrors.filter(({ counts }) => counts).map(mirror => judge(mirror, facts)),
};

/** Bits that are not those of the checksum database are a fault even where go falls past them. */
const unsafe = new Set(['checksum-mismatch-sumdb', 'checksum-mismatch-gosum', 'sumdb-bad-response']);

function judge(mirror: MirrorProbe, facts: DoctorFacts): Finding {
  const { name, cause, detail, url } = mirror;
  const target = withPort(mirror.target, url);
  const args = { name };
  if (mirror.status === 'ok' || cause === null) {
    return mirror.freshness?.behind
      ? problem('warn', null, target, { code: 'mirror-behind', args: { ...args, behind: mirror.freshness.behind } })
      : note('pass', 'mirror-serves', target, args);
  }
  // Another way to the checksum database may be open: that is judged there.
  if (cause === 'sumdb-unreachable') return note('pass', 'mirror-without-database', target, args);
  const named = facts.named.has(name);
  const blocks = named || unsafe.has(cause) || (fetchesThroughProxy(facts) && !pullWorks(facts));
  const status = mirror.status === 'fail' && blocks ? 'fail' : 'warn';
  return problem(status, cause, target, { args, detail });
}
