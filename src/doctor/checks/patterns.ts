import type { Remark } from '../../go/judge-settings.ts';
import { matchingPattern, splitPatterns } from '../../go/patterns.ts';
import { isOpen } from '../../mirrors/gatekeepers.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts, Need } from '../facts.ts';
import { type Finding, ofRemark, problem } from '../finding.ts';
import { asksDatabaseFor, asksPublicMirrorsOnly, outOfReach } from '../needs.ts';
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
  if (remark.code === 'pattern-everything') return [everything(remark, facts)];
  const { pattern } = remark.args;
  return [ofRemark(remark, 'warn', null, typeof pattern === 'string' ? { target: pattern } : {})];
}

/** The check of private names says more of it. */
const isSaid = (need: Need, facts: DoctorFacts): boolean => need.looksPrivate && asksDatabaseFor(need, facts);

/** Every module goes to its origin: where those are out of reach that is what is wrong, whatever each of them says. */
function everything(remark: Remark, facts: DoctorFacts): Finding {
  const { settings, needs, trials } = facts;
  const sends = remark.setting === (settings.values.GONOPROXY.source === 'default' ? 'GOPRIVATE' : 'GONOPROXY');
  const lost = trials.find(({ need, outcome, complaint }) => {
    const cause = outcome === 'waiting' && !complaint ? 'stalled' : complaint?.cause;
    return need.direct === '*' && outcome !== 'ok' && outcome !== 'large' && outOfReach.has(cause ?? null);
  });
  if (!sends || !lost) return ofRemark(remark, 'warn');
  const { path: module, version } = lost.need;
  const { value } = settings.values[remark.setting];
  const only = splitPatterns(value).every(pattern => pattern === '*');
  // A name that looks private would go to the proxies then.
  const commands = only && !needs.some(({ looksPrivate }) => looksPrivate) ? [unsetting(remark.setting, facts)] : [];
  return problem('fail', lost.complaint?.cause ?? 'stalled', remark.setting, {
    code: 'everything-at-origins',
    args: { value, module },
    commands,
    about: { module, version, origin: true },
  });
}

/** GONOPROXY is set beside GOPRIVATE and leaves out what that names: private modules go to the proxies. Among gatekeepers that is as it should be. */
function undone(remark: Remark, facts: DoctorFacts): Finding[] {
  const { settings, needs, goproxy, known } = facts;
  const { GOPRIVATE } = settings.values;
  const sent = needs.find(({ path, direct }) => !direct && matchingPattern(GOPRIVATE.value, path) !== null);
  const entries = goproxy.ok ? goproxy.entries : [];
  const serves = (url: string | null): boolean => url !== null && isOpen(known, url);
  if (!sent || !entries.some(({ url }) => serves(url))) return [];
  // Public mirrors do not have it, and nothing stands behind them that has.
  const lost = asksPublicMirrorsOnly(facts);
  const status = lost && !sent.cached ? 'fail' : 'warn';
  const details = { commands: [unsetting('GONOPROXY', facts)], about: { module: sent.path } };
  return [ofRemark(remark, status, lost ? 'mirror-not-found-404-410' : null, details)];
}
