import { goCommands } from '../../changes/go-commands.ts';
import type { Change, Wanted } from '../../changes/plan.ts';
import { unsetCommand } from '../../explain/machine.ts';
import type { SettingName, Settings } from '../../go/settings.ts';
import { maskValue } from '../../system/secrets.ts';
import { plainShellWord } from '../../system/shell-word.ts';
import type { DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';

/** What helps against one finding. */
export interface Remedy {
  /** For a person to run, in this order. */
  commands: readonly string[];
  /** What they change in the settings file. */
  changes: readonly Change[];
}

/** Settings by which go finds its way: a block or a wrong checksum is no reason to change them. */
const ofTheWay = new Set(['GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE', 'GOVCS']);

/** The settings that would put a finding right and the commands that write them, else what the check itself says that helps. */
export function remedyFor(finding: Finding, wanted: Wanted, facts: DoctorFacts, answered: boolean): Remedy {
  const { settings, platform } = facts;
  const hiding = [...wanted.keys()].filter(key => settings.values[key as SettingName].source === 'os');
  // Behind the variable the settings file may have the right value: then taking the variable away is all.
  const covered = hiding.filter(key => settings.values[key as SettingName].shadowed?.source === 'file');
  const changes = changesFrom(wanted, settings).filter(({ key }) => !covered.includes(key));
  const written = changes.filter(({ key }) => !hiding.includes(key));
  if (finding.commands.length > 0) {
    const leadsElsewhere = answered && ofTheWay.has(finding.about.setting ?? '');
    return { commands: leadsElsewhere ? [] : finding.commands, changes: written };
  }
  if (wanted.size === 0) return { commands: [], changes: [] };
  const cleared = hiding.length > 0 ? [unsetCommand({ platform }, ...hiding)] : [];
  const rest = changes.length > 0 ? commandsFor(finding, changes, facts) : [];
  return { commands: [...cleared, ...rest], changes: written };
}

/** Settings as changes to those in effect, for a person to see. */
export function changesFrom(wanted: Wanted, { values }: Pick<Settings, 'values'>): Change[] {
  return [...wanted].map(([key, to]) => {
    const { value, source } = values[key as SettingName];
    return { key, from: source === 'file' || source === 'os' ? value : null, to };
  });
}

/** Go-mirror's own command where the change is only that, else go's. */
function commandsFor(finding: Finding, changes: readonly Change[], { mirrors }: DoctorFacts): string[] {
  const [change] = changes;
  const named = mirrors.find(({ url }) => change!.to === `${url},direct`);
  if (changes.length === 1 && change!.key === 'GOPROXY' && named)
    return [`go-mirror use ${plainShellWord(named.name)}`];
  const { pattern } = finding.args;
  if (changes.length === 1 && change!.key === 'GOPRIVATE' && finding.code === 'sumdb-private-module') {
    return [`go-mirror private add ${plainShellWord(String(pattern))}`];
  }
  // A command with a password in it could not be shown: the fix keeps it where it is.
  if (changes.some(({ to }) => to !== null && maskValue(to) !== to)) return ['go-mirror doctor --fix'];
  return goCommands(changes);
}
