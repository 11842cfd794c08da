/** What a run may look at of the machine. Nothing below `commands` reads `process` by itself, so tests can give another. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** Aborted on Ctrl-C. Every wait ends with it. */
  readonly signal: AbortSignal;
  /** DNS servers (`address:port`) in place of the system's. Only tests set it. */
  readonly dnsServers?: readonly string[];
}

/** The home folder as Go's `os.UserHomeDir` finds it, or null: `$HOME`, `%USERPROFILE%` on Windows. */
export function homeFolder({ env, platform }: Pick<Context, 'env' | 'platform'>): string | null {
  return (platform === 'win32' ? env.USERPROFILE : env.HOME) || null;
}

/** The value of an environment variable; on Windows names are the same in upper and lower case. Undefined where it is unset. */
export function variable({ env, platform }: Pick<Context, 'env' | 'platform'>, name: string): string | undefined {
  if (platform !== 'win32' || Object.hasOwn(env, name)) return env[name];
  const wanted = name.toUpperCase();
  const found = Object.keys(env).find(key => key.toUpperCase() === wanted);
  return found === undefined ? undefined : env[found];
}

/** A path with the home folder as `~`. */
export function shortPath(path: string, home: string | null): string {
  return home && home !== '/' && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
