import type { Remark } from '../../go/judge-settings.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, ofRemark } from '../finding.ts';
import { fetchesThroughProxy, pullWorks } from '../needs.ts';
import { remarksOnValue } from '../value-remarks.ts';

/** GOPROXY: whether go can read it, whether it forbids every download, and what else the judge says of it. */
export const goproxyValue: Check = {
  id: 'goproxy-value',
  group: 'settings',
  applies: ({ settings }) => settings.go !== null,
  run: facts =>
    remarksOnValue(facts, 'GOPROXY')
      .filter(({ level }) => level !== 'note')
      .map(remark => judge(remark, facts)),
};

function judge(remark: Remark, facts: DoctorFacts): Finding {
  const status = fetchesThroughProxy(facts) ? 'fail' : 'warn';
  if (remark.code === 'proxy-off') return ofRemark(remark, status, 'goproxy-off');
  // Behind a pipe go goes past what it cannot ask.
  const isNowhere = remark.code === 'no-host' && !pullWorks(facts);
  const isRefused = remark.level === 'fail' || isNowhere || (remark.code === 'value-meant' && isGarbled(facts));
  return isRefused ? ofRemark(remark, status, 'goproxy-malformed') : ofRemark(remark, 'warn');
}

/** Go takes it, and fails at a host that is none: another separator, a quote, two entries in one. */
const isGarbled = ({ goproxy }: DoctorFacts): boolean =>
  goproxy.ok &&
  goproxy.entries.some(({ url }) => url && /^https?:\/\/(?:[^/?#]*[;,|\s"'<>]|https?(?:[/:]|$))/i.test(url));
