/** What a run may look at of the machine. Nothing below `commands` reads `process` by itself, so tests can give another. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  /** Aborted on Ctrl-C. Every wait ends with it. */
  readonly signal: AbortSignal;
}

/** The home folder as Go's `os.UserHomeDir` finds it, or null: `$HOME`, `%USERPROFILE%` on Windows. */
export function homeFolder({ env, platform }: Pick<Context, 'env' | 'platform'>): string | null {
  return (platform === 'win32' ? env.USERPROFILE : env.HOME) || null;
}
