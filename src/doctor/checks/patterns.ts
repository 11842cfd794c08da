import type { Remark } from '../../go/judge-settings.ts';
import { matchingPattern } from '../../go/patterns.ts';
import { isOpen } from '../../mirrors/gatekeepers.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts, Need } from '../facts.ts';
import { type Finding, ofRemark } from '../finding.ts';
import { asksDatabaseFor } from '../needs.ts';
import { unsetting } from '../unsetting.ts';
import { remarksOnValue } from '../value-remarks.ts';

const variables = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE'] as const;

/** Patterns that can match nothing or match everything, and a GONOPROXY that undoes GOPRIVATE. */
export const patterns: Check = {
  id: 'patterns',
  group: 'settings',
  applies: facts => remarksOnValue(facts, ...variables).length > 0,
  run: facts =>
    remarksOnValue(facts, ...variables)
      .filter(({ level }) => level !== 'note')
      .flatMap(remark => judge(remark, facts)),
};

function judge(remark: Remark, facts: DoctorFacts): Finding[] {
  if (remark.code === 'no-proxy-replaces-private') return undone(remark, facts);
  if (remark.code === 'no-sumdb-replaces-private' && facts.needs.some(need => isSaid(need, facts))) return [];
  const { pattern } = remark.args;
  return [ofRemark(remark, 'warn', null, typeof pattern === 'string' ? { target: pattern } : {})];
}

/** The check of private names says more of it. */
const isSaid = (need: Need, facts: DoctorFacts): boolean => need.looksPrivate && asksDatabaseFor(need, facts);

/** GONOPROXY is set beside GOPRIVATE and leaves out what that names: private modules go to the proxies. Among gatekeepers that is as it should be. */
function undone(remark: Remark, facts: DoctorFacts): Finding[] {
  const { settings, needs, goproxy, known } = facts;
  const { GOPRIVATE } = settings.values;
  const sent = needs.find(({ path, direct }) => !direct && matchingPattern(GOPRIVATE.value, path) !== null);
  const entries = goproxy.ok ? goproxy.entries : [];
  const serves = (url: string | null): boolean => url !== null && isOpen(known, url);
  if (!sent || !entries.some(({ url }) => serves(url))) return [];
  // Public mirrors do not have it, and nothing stands behind them that has.
  const lost = entries.every(({ kind, url }) => kind === 'off' || serves(url));
  const status = lost && !sent.cached ? 'fail' : 'warn';
  const details = { commands: [unsetting('GONOPROXY', facts)], about: { module: sent.path } };
  return [ofRemark(remark, status, lost ? 'mirror-not-found-404-410' : null, details)];
}
