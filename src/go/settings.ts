import type { Context } from '../system/context.ts';

/** The settings that decide a pull, in the order in which they are shown. */
export const settingNames = [
  'GOPROXY',
  'GOSUMDB',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOINSECURE',
  'GOVCS',
  'GOFLAGS',
  'GOTOOLCHAIN',
  'GOAUTH',
  'GO111MODULE',
] as const;
export type SettingName = (typeof settingNames)[number];

/** Where a value comes from: the OS environment, the settings file of `go env -w`, `$GOROOT/go.env`, or built into go. */
export type Source = 'os' | 'file' | 'goroot' | 'default';

export interface Setting {
  /** The value in effect, as `go env` prints it. */
  value: string;
  source: Source;
  /** The next value that this one hides, or null. */
  shadowed: { value: string; source: Source } | null;
}

export interface Settings {
  go: { version: string; path: string } | null;
  /** The file that `go env -w` writes. `path` is null without a home folder; `off` under GOENV=off. */
  envFile: { path: string | null; exists: boolean; off: boolean };
  values: Record<SettingName, Setting>;
}

/** Reads every setting as go sees it, in this folder. Works without go, and when GOTOOLCHAIN or GOFLAGS are broken. Writes nothing. */
export async function readSettings(_context: Context): Promise<Settings> {
  throw new Error('pending');
}
