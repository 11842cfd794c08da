import type { Setting, SettingName, Source } from './settings.ts';

/** The places where a setting may stand, in the order in which go looks. */
export interface Layers {
  os: (name: string) => string | undefined;
  file: ReadonlyMap<string, string>;
  goroot: ReadonlyMap<string, string>;
  /** Minor release of the go that reads them (26 for go1.26.8); null: unknown, taken as a current one. */
  minor: number | null;
}

/** The first minor release that knows a setting at all. */
const since: Partial<Record<SettingName, number>> = { GOTOOLCHAIN: 21, GOAUTH: 24 };

/** What go has built in. The default of GOPROXY stands in `$GOROOT/go.env`, before 1.21 in the program: only go itself can tell it then. */
const builtIn: Partial<Record<SettingName, string>> = {
  GOSUMDB: 'sum.golang.org',
  GOAUTH: 'netrc',
  GOTOOLCHAIN: 'auto',
};

/**
 * A setting by go's rules (cfg.go, `Getenv` and `EnvOrAndChanged`): the first of a non-empty OS variable, the settings file and
 * `$GOROOT/go.env`. An empty value in the file hides that of `$GOROOT/go.env`; where there is none to hide it says nothing.
 */
export function settle(name: SettingName, layers: Layers): Setting {
  const { os, file, goroot, minor } = layers;
  if (minor !== null && minor < (since[name] ?? 0) && !file.has(name)) return unset('');
  const found: { value: string; source: Source }[] = [];
  const osValue = os(name);
  const fileValue = file.get(name);
  const gorootValue = goroot.get(name);
  if (osValue) found.push({ value: osValue, source: 'os' });
  if (fileValue || (fileValue === '' && gorootValue)) found.push({ value: fileValue, source: 'file' });
  if (gorootValue) found.push({ value: gorootValue, source: 'goroot' });
  const [first, next] = found;
  return first ? { ...first, shadowed: next ?? null } : unset(defaultOf(name, layers));
}

/** The same, where go itself has said what the value is. */
export function settleWith(name: SettingName, layers: Layers, answer: string | undefined): Setting {
  const own = settle(name, layers);
  if (answer === undefined || answer === own.value) return own;
  const from = own.shadowed?.value === answer ? own.shadowed : { source: 'default' as const };
  return { value: answer, source: from.source, shadowed: null };
}

function defaultOf(name: SettingName, layers: Layers): string {
  if (name === 'GONOPROXY' || name === 'GONOSUMDB') return settle('GOPRIVATE', layers).value;
  const { minor, goroot } = layers;
  if (minor !== null && minor < (since[name] ?? 0)) return '';
  // From 1.21 on these defaults stand in $GOROOT/go.env and nowhere else.
  if (name !== 'GOAUTH' && goroot.size > 0) return '';
  return builtIn[name] ?? '';
}

function unset(value: string): Setting {
  return { value, source: 'default', shadowed: null };
}
