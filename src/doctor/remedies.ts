import type { Change } from '../changes/plan.ts';
import type { SettingName } from '../go/settings.ts';
import type { DoctorFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { callsForMirror } from './fix/lists.ts';
import { changesFrom, planFixes } from './fix/plan.ts';
import { repairOf } from './fix/repairs.ts';

/** Adds to each finding the settings that would put it right, and the commands that write them. */
export function withRemedies(findings: readonly Finding[], facts: DoctorFacts): Finding[] {
  const first = planFixes(findings, facts, { hidden: true }).candidates[0] ?? new Map<string, string | null>();
  return findings.map(finding => {
    if (finding.status !== 'fail' && finding.status !== 'warn') return finding;
    const own = repairOf(finding, facts);
    const keys = own.size > 0 ? [...own.keys()] : callsForMirror(finding) ? ['GOPROXY', 'GOSUMDB'] : [];
    const wanted = new Map([...first].filter(([key]) => keys.includes(key)));
    if (wanted.size === 0) return finding;
    const hiding = [...wanted.keys()].filter(key => facts.settings.values[key as SettingName].source === 'os');
    const changes = changesFrom(wanted, facts.settings);
    const { commands } = finding.remediation;
    const cleared = hiding.map(key => `unset ${key}`);
    return {
      ...finding,
      remediation: {
        commands: commands.length > 0 ? commands : [...cleared, ...commandsFor(changes, facts)],
        changes: changes.filter(({ key }) => !hiding.includes(key)),
      },
    };
  });
}

/** `go-mirror use NAME` where the change is only that, else go's own command. */
function commandsFor(changes: readonly Change[], { mirrors }: DoctorFacts): string[] {
  const [change] = changes;
  const named = mirrors.find(({ url }) => change!.to === `${url},direct`);
  if (changes.length === 1 && change!.key === 'GOPROXY' && named) return [`go-mirror use ${named.name}`];
  const set = changes.filter(({ to }) => to !== null).map(({ key, to }) => `'${key}=${to}'`);
  const unset = changes.filter(({ to }) => to === null).map(({ key }) => key);
  return [
    ...(set.length > 0 ? [`go env -w ${set.join(' ')}`] : []),
    ...(unset.length > 0 ? [`go env -u ${unset.join(' ')}`] : []),
  ];
}
