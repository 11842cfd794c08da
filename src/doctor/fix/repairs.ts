import type { Wanted } from '../../changes/plan.ts';
import { mergePatterns } from '../../changes/private-patterns.ts';
import { isGlob } from '../../go/glob.ts';
import { repairPatterns } from '../../go/inspect-patterns.ts';
import { privatePatternOf } from '../../go/private-names.ts';
import type { SettingName, Settings } from '../../go/settings.ts';
import { hasGatekeeper } from '../../mirrors/gatekeepers.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** What puts one finding right by itself, whatever the mirrors do; empty where nothing does. Values are repaired, not dropped. */
export function repairOf(finding: Finding, facts: DoctorFacts): Wanted {
  const { remarkOn, about, code, cause } = finding;
  if (remarkOn === 'GO111MODULE') return only('GO111MODULE', null);
  if (code === 'no-proxy-replaces-private') return hasGatekeeper(facts) ? none : only('GONOPROXY', null);
  if (remarkOn !== null) return about.meant == null ? none : only(remarkOn, about.meant);
  if (about.uncovered) return covering([finding], facts);
  if (cause === 'govcs-disallowed') return allowing(finding, facts);
  return none;
}

/** Several repairs as one: patterns of several modules are added together. */
export function repairsOf(findings: readonly Finding[], facts: DoctorFacts): Map<string, string | null> {
  const wanted = new Map(findings.flatMap(finding => [...repairOf(finding, facts)]));
  for (const [key, value] of covering(findings, facts)) wanted.set(key, value);
  return wanted;
}

/**
 * Keeps private names from public servers. GOPRIVATE would keep them from all proxies: behind a gatekeeper, which is to see them, and
 * where GONOSUMDB or GONOPROXY is set by itself, only that is changed.
 */
function covering(findings: readonly Finding[], facts: DoctorFacts): Wanted {
  const { GOPRIVATE, GONOSUMDB, GONOPROXY } = facts.settings.values;
  const aside = {
    GONOSUMDB: hasGatekeeper(facts) || GONOSUMDB.source !== 'default',
    GONOPROXY: GONOPROXY.source !== 'default',
  };
  const patterns = new Map<SettingName, string[]>();
  for (const { about } of findings) {
    const pattern = about.uncovered && privatePatternOf(about.module ?? '');
    if (!about.uncovered || !pattern) continue;
    const name = aside[about.uncovered] ? about.uncovered : 'GOPRIVATE';
    patterns.set(name, [...(patterns.get(name) ?? []), pattern]);
  }
  const lists = [...patterns].map(([name, added]) => [name, merged(facts.settings, name, added)] as const);
  // A broken GOPRIVATE that is put right covers it: GONOSUMDB follows it.
  const isFollowing = (list: string): boolean =>
    GONOSUMDB.source === 'default' && list === repairPatterns(GOPRIVATE.value);
  return new Map(lists.map(([name, list]) => [name === 'GONOSUMDB' && isFollowing(list) ? 'GOPRIVATE' : name, list]));
}

/** The list as it was meant, with more patterns. What is no pattern matches nothing, whatever stands beside it. */
function merged({ values }: Settings, name: SettingName, patterns: readonly string[]): string {
  const broken = values[name].value;
  const sound = (repairPatterns(broken) ?? broken).split(',').filter(isGlob).join(',');
  return mergePatterns(sound, [...new Set(patterns)]).value;
}

/** The rules with one more before them, for this pattern only; go refuses a second rule for the same one. */
function allowing({ about: { program, module } }: Finding, { settings, needs }: DoctorFacts): Wanted {
  if (program === undefined || module === undefined) return none;
  const need = needs.find(({ path }) => path === module || module.startsWith(`${path}/`));
  const pattern = need?.direct ?? module;
  const rules = settings.values.GOVCS.value.split(',');
  const others = rules.filter(rule => rule.trim() && rule.split(':')[0]!.trim() !== pattern);
  return only('GOVCS', [`${pattern}:${program}`, ...others].join(','));
}

const none: Wanted = new Map();
const only = (key: SettingName, to: string | null): Wanted => new Map([[key, to]]);
