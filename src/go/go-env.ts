import type { Context } from '../system/context.ts';
import type { EnvFilePath } from './env-file.ts';
import type { Toolchain } from './toolchain.ts';

/** Variables by name, as `go env -json` prints them. */
export type GoEnv = Readonly<Record<string, string>>;

export type GoAnswer =
  | { ok: true; values: GoEnv }
  /** `message` is the line of go's that says why, or empty where it said nothing within the deadline. */
  | { ok: false; timedOut: boolean; message: string };

/** `go env` takes some 5 ms; a go that has not answered after this long (a wrapper that waits, a dead network drive) will not. */
const deadlineMs = 10_000;

/** Asks go for these variables in this folder, with the user's environment and `overrides` over it. */
export async function askGo(
  context: Context,
  toolchain: Toolchain,
  names: readonly string[],
  overrides: Readonly<Record<string, string | undefined>> = {},
): Promise<GoAnswer> {
  const env = { ...context.env, ...overrides };
  const ended = await toolchain.ask(['env', '-json', ...names], { env, cwd: context.cwd, timeoutMs: deadlineMs });
  if (ended.exitCode === 0) {
    const values = readAnswer(ended.stdout);
    if (values) return { ok: true, values };
  }
  return { ok: false, timedOut: ended.timedOut, message: ended.startError ?? refusalIn(ended.stderr) };
}

/** The line that says why: warnings may stand before it, and advice behind it. */
function refusalIn(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return (lines.findLast(line => line.startsWith('go: ')) ?? lines.at(-1)!).trim();
}

/**
 * Overrides under which asking leaves no trace: go counts its own runs (telemetry) below the configuration folder, so that
 * folder is moved away while GOENV still names the settings file.
 */
export function withoutTrace({ platform }: Context, envFile: EnvFilePath): Readonly<Record<string, string>> {
  if (platform === 'win32' || envFile.kind === 'none') return {};
  return { XDG_CONFIG_HOME: '/dev/null', GOENV: envFile.kind === 'off' ? 'off' : envFile.path };
}

function readAnswer(text: string): GoEnv | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? (answer as GoEnv) : null;
  } catch {
    return null;
  }
}
