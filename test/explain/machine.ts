import type { Machine } from '../../src/explain/machine.ts';
import { type SettingName, type Settings, settingNames } from '../../src/go/settings.ts';
import { mirrorFrom, readCatalogue } from '../../src/mirrors/catalogue.ts';

const nowhere = { env: {}, cwd: '/', platform: 'linux' as const, signal: new AbortController().signal };
const known = (await readCatalogue(nowhere, undefined)).map(mirrorFrom);

/** Another machine than that of the log: nothing is known of its settings. */
export const elsewhere: Machine = { platform: 'linux', settings: null, known };

/** A machine on which these values come from go's settings file, and these from the OS environment. */
export function machineWith(
  file: Partial<Record<SettingName, string>>,
  os: Partial<Record<SettingName, string>> = {},
): Machine {
  const values = Object.fromEntries(
    settingNames.map(name => {
      const source = name in os ? 'os' : name in file ? 'file' : 'default';
      return [name, { value: os[name] ?? file[name] ?? '', source, shadowed: null }];
    }),
  ) as unknown as Settings['values'];
  const settings: Settings = { go: null, envFile: { path: null, exists: false, off: false, ignored: [] }, values };
  return { ...elsewhere, settings };
}
