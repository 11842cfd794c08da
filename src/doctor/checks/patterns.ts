import type { Remark } from '../../go/judge-settings.ts';
import { matchingPattern } from '../../go/patterns.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, ofRemark } from '../finding.ts';
import { isOpen } from '../places.ts';
import { unsetting } from '../unsetting.ts';

const variables = new Set(['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE']);

/** Patterns that can match nothing or match everything, and a GONOPROXY that undoes GOPRIVATE. */
export const patterns: Check = {
  id: 'patterns',
  group: 'settings',
  applies: ({ remarks }) => remarks.some(({ setting }) => variables.has(setting)),
  run: facts =>
    facts.remarks
      .filter(({ setting, level, code }) => variables.has(setting) && level !== 'note' && code !== 'hides')
      .flatMap(remark => judge(remark, facts)),
};

function judge(remark: Remark, facts: DoctorFacts): Finding[] {
  if (remark.code === 'no-proxy-replaces-private') return undone(remark, facts);
  const { pattern } = remark.args;
  return [ofRemark(remark, 'warn', null, typeof pattern === 'string' ? { target: pattern } : {})];
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
  const lost = entries.every(({ kind, url }) => kind === 'off' || serves(url));
  const status = lost && !sent.cached ? 'fail' : 'warn';
  const details = { commands: [unsetting('GONOPROXY', facts)], about: { module: sent.path } };
  return [ofRemark(remark, status, lost ? 'mirror-not-found-404-410' : null, details)];
}
