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
  /** The value in effect, as `go env` prints it. GONOPROXY and GONOSUMDB are GOPRIVATE's, source `default`, where not set themselves. */
  value: string;
  source: Source;
  /**
   * The next value that this one hides, or null: the file's under an OS variable, and `$GOROOT/go.env`'s under both (so a change of
   * the user's that has no effect is `source` `os` with `shadowed.source` `file`).
   */
  shadowed: { value: string; source: Source } | null;
}

/** A line of the settings file that sets a variable for its writer, and not for go. */
export interface IgnoredLine {
  /** From 1. */
  number: number;
  /** Without marks of its encoding. */
  text: string;
  name: SettingName;
  /** The value that was meant. */
  meant: string;
}

export interface Settings {
  /** The go that runs in this folder, the one that GOTOOLCHAIN or go.mod switches to included. `version` is empty where it does not say. */
  go: { version: string; path: string } | null;
  /** The file that `go env -w` writes. `path` is absolute, null without a home folder or under GOENV=off. */
  envFile: { path: string | null; exists: boolean; off: boolean; ignored: readonly IgnoredLine[] };
  /** Without go, an unset GOPROXY is empty: only go knows its own default. */
  values: Record<SettingName, Setting>;
}
