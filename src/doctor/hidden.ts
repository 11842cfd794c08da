import { type SettingName, type Settings, settingNames } from '../go/settings.ts';

/** A value of the settings file that a variable of the environment hides. */
export interface Hidden {
  name: SettingName;
  value: string;
  inFile: string;
}

/** The settings of the file that the environment hides with another value. */
export function hiddenSettings({ values }: Pick<Settings, 'values'>): Hidden[] {
  return settingNames.flatMap(name => {
    const { value, source, shadowed } = values[name];
    const hides = source === 'os' && shadowed?.source === 'file' && shadowed.value !== value;
    return hides ? [{ name, value, inFile: shadowed.value }] : [];
  });
}
