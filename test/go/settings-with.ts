import { type SettingName, type Settings, type Source, settingNames } from '../../src/go/settings.ts';

const defaults: Partial<Record<SettingName, string>> = {
  GOSUMDB: 'sum.golang.org',
  GOTOOLCHAIN: 'auto',
  GOAUTH: 'netrc',
};

/** Settings of which one place says this and nothing else is set; GONOPROXY and GONOSUMDB follow GOPRIVATE. */
export function settingsWith(given: Readonly<Partial<Record<SettingName, string>>>, source: Source = 'file'): Settings {
  const values = settingNames.map(name => {
    const value = given[name];
    const inherited = name === 'GONOPROXY' || name === 'GONOSUMDB' ? given.GOPRIVATE : undefined;
    return value === undefined
      ? [name, { value: inherited ?? defaults[name] ?? '', source: 'default', shadowed: null }]
      : [name, { value, source, shadowed: null }];
  });
  return {
    go: { version: 'go1.26.8', path: '/go/bin/go' },
    envFile: { path: '/home/dev/.config/go/env', exists: true, off: false, ignored: [] },
    values: Object.fromEntries(values) as Settings['values'],
  };
}
