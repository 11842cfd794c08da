import type { Wanted } from '../../changes/plan.ts';
import { mergePatterns } from '../../changes/private-patterns.ts';
import { repairPatterns } from '../../go/inspect-patterns.ts';
import { repairGoproxy } from '../../go/repair-goproxy.ts';
import type { SettingName, Settings } from '../../go/settings.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { patternFor } from '../private-pattern.ts';
import { refusedByGovcs } from '../vcs.ts';

/** What puts one finding right by itself, whatever the mirrors do; empty where nothing does. Values are repaired, not dropped. */
export function repairOf(finding: Finding, { settings, remarks, needs }: DoctorFacts): Wanted {
  const value = (name: SettingName): string => settings.values[name].value;
  const meantFor = (name: SettingName): string | null =>
    remarks.find(({ setting, meant }) => setting === name && meant !== null)?.meant ?? null;
  switch (finding.code) {
    case 'gopath-mode':
      return only('GO111MODULE', null);
    case 'goproxy-malformed':
      return maybe('GOPROXY', repairGoproxy(value('GOPROXY')));
    case 'gosumdb-malformed':
      return maybe('GOSUMDB', meantFor('GOSUMDB'));
    case 'sumdb-unreachable':
    case 'sumdb-bad-response':
      return maybe('GOSUMDB', meantFor('GOSUMDB'));
    case 'no-proxy-undoes-private':
      return only('GONOPROXY', null);
    case 'pattern-matches-nothing': {
      const name = finding.args.variable as SettingName;
      return maybe(name, repairPatterns(value(name)));
    }
    case 'sumdb-private-module':
      if (!finding.target.split('/')[0]!.includes('.')) return new Map();
      return only('GOPRIVATE', merged(settings, [patternFor(finding.target)]));
    case 'govcs-disallowed': {
      const refused = refusedByGovcs(String(finding.args.words));
      const need =
        refused && needs.find(({ path }) => path === refused.module || refused.module.startsWith(`${path}/`));
      return refused
        ? only('GOVCS', allowing(value('GOVCS'), need?.direct ?? refused.module, refused.program))
        : new Map();
    }
    default:
      return new Map();
  }
}

/** Several repairs as one: patterns of several modules are added together. */
export function repairsOf(findings: readonly Finding[], facts: DoctorFacts): Map<string, string | null> {
  const wanted = new Map(findings.flatMap(finding => [...repairOf(finding, facts)]));
  const names = findings
    .filter(({ code, target }) => code === 'sumdb-private-module' && target.split('/')[0]!.includes('.'))
    .map(({ target }) => patternFor(target));
  if (names.length > 0) wanted.set('GOPRIVATE', merged(facts.settings, names));
  return wanted;
}

function merged({ values }: Settings, patterns: readonly string[]): string {
  const broken = values.GOPRIVATE.value;
  return mergePatterns(repairPatterns(broken) ?? broken, [...new Set(patterns)]).value;
}

/** The rules with one more before them, for this pattern only; go refuses a second rule for the same one. */
function allowing(govcs: string, pattern: string, program: string): string {
  const others = govcs.split(',').filter(rule => rule.trim() && rule.split(':')[0]!.trim() !== pattern);
  return [`${pattern}:${program}`, ...others].join(',');
}

const only = (key: SettingName, to: string | null): Wanted => new Map([[key, to]]);
const maybe = (key: SettingName, to: string | null): Wanted => (to === null ? new Map() : only(key, to));
