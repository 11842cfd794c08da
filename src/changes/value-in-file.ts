import type { SettingName, Settings } from '../go/settings.ts';

/** What the settings file says of a setting, be it in effect or hidden by the OS environment; null where it does not name it. */
export function valueInFile(settings: Settings, name: SettingName): string | null {
  const { value, source, shadowed } = settings.values[name];
  if (source === 'file') return value;
  return shadowed?.source === 'file' ? shadowed.value : null;
}
