import { judgeSettings, type Remark } from '../go/judge-settings.ts';
import { matchingPattern } from '../go/patterns.ts';
import { looksPrivate } from '../go/private-names.ts';
import { type Setting, type SettingName, type Settings, settingNames } from '../go/settings.ts';
import { lookUpIn } from '../mirrors/look-up.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { GoproxyChoice } from './goproxy-value.ts';
import type { Wanted, Warning } from './plan.ts';

export interface Situation {
  settings: Settings;
  wanted: Wanted;
  choice: GoproxyChoice;
  mirrors: readonly Mirror[];
  /** The modules that the project's go.mod names; empty outside a project. */
  modules: readonly string[];
  sudoUser: string | null;
}

/** What a person should know at the moment of a change, by the settings as they will be. */
export function adviceOn(situation: Situation): Warning[] {
  const { settings, wanted, mirrors } = situation;
  return [
    ...remarksAfter(settings, wanted, mirrors),
    ...aboutPrivacy(situation, plannedSettings(settings, wanted)),
    ...(situation.sudoUser ? [{ code: 'sudo', args: { user: situation.sudoUser } }] : []),
  ];
}

/** What the judge says of the settings as they will be, or of these alone. */
export function remarksAfter(
  settings: Settings,
  wanted: Wanted,
  mirrors: readonly Mirror[],
  only: readonly SettingName[] = settingNames,
): Warning[] {
  const planned = plannedSettings(settings, wanted);
  // What a variable of the environment hides is said where the change is reported.
  return judgeSettings(planned, lookUpIn(mirrors))
    .filter(({ setting, level, code }) => only.includes(setting) && level !== 'note' && code !== 'hides')
    .map(remark => warningOf(remark, planned));
}

/** A remark as the warning of a change. */
export const warningOf = ({ setting, level, code, args }: Remark, { values }: Pick<Settings, 'values'>): Warning => ({
  code,
  args: { setting, value: values[setting].value, ...args },
  ...(level === 'fail' || code === 'modules-off' ? { blocks: true } : {}),
});

/** Module names that a public mirror and the checksum database would learn. */
function aboutPrivacy({ choice, modules }: Situation, { values }: Settings): Warning[] {
  const exposed = modules.filter(module => looksPrivate(module) && !matchingPattern(values.GONOPROXY.value, module));
  const hosts = [...new Set(exposed.map(module => module.split('/')[0]!))];
  const asksPublic = choice.proxies.some(({ trust }) => trust === 'public');
  return hosts.length > 0 && asksPublic
    ? [{ code: 'private-missing', args: { hosts: hosts.join(','), module: exposed[0]! } }]
    : [];
}

/** The settings as they will be: a variable of the environment wins, then what is about to be written. */
function plannedSettings(settings: Settings, wanted: Wanted): Settings {
  const planned = (name: SettingName): Setting => {
    const setting = settings.values[name];
    const value = wanted.get(name);
    if (value === undefined) return setting;
    if (setting.source === 'os') return { ...setting, shadowed: value === null ? null : { value, source: 'file' } };
    return { value: value ?? '', source: value === null ? 'default' : 'file', shadowed: null };
  };
  const values = Object.fromEntries(settingNames.map(name => [name, planned(name)])) as Settings['values'];
  for (const name of ['GONOPROXY', 'GONOSUMDB'] as const)
    if (values[name].source === 'default') values[name] = { ...values[name], value: values.GOPRIVATE.value };
  return { ...settings, values };
}
