import type { Wanted } from '../../changes/plan.ts';
import { splitPatterns } from '../../go/patterns.ts';
import { isOpen } from '../../mirrors/gatekeepers.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { outOfReach } from '../needs.ts';

/** Whether a pattern that matches everything sent a module to an origin that is out of reach, past a public mirror that is set. */
export function callsForOpening({ status, cause, about }: Finding, facts: DoctorFacts): boolean {
  const need = facts.needs.find(({ path }) => path === about.module);
  if (status !== 'fail' || !about.origin || !outOfReach.has(cause) || need?.direct !== '*') return false;
  const { goproxy, known } = facts;
  return goproxy.ok && goproxy.entries.some(({ url }) => url !== null && isOpen(known, url));
}

/**
 * The settings without the pattern that matches everything: what else stands in the list stays. Nothing where a module that is needed
 * looks private, as its name would then go to a public mirror.
 */
export function opened({ settings, needs }: DoctorFacts): Wanted {
  if (needs.some(({ looksPrivate }) => looksPrivate)) return new Map();
  const { GONOPROXY, GOPRIVATE } = settings.values;
  const name = GONOPROXY.source === 'default' ? 'GOPRIVATE' : 'GONOPROXY';
  const { value } = name === 'GOPRIVATE' ? GOPRIVATE : GONOPROXY;
  const others = splitPatterns(value).filter(pattern => pattern !== '*');
  return new Map([[name, others.length > 0 ? others.join(',') : null]]);
}
