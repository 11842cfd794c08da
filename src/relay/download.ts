import type { Toolchain } from '../go/toolchain.ts';
import { readDownloads } from '../modproxy/download-json.ts';
import type { Context } from '../system/context.ts';

/** How `go mod download` ended. */
export interface Downloaded {
  exitCode: number;
  /** Modules that are in the module cache now. */
  modules: number;
  /** What go had to say, as it says it without -json. */
  messages: string;
}

/**
 * How much go's own garbage may grow before it is collected, percent. With Go's default of 100 a sixth of the processor time of a large download
 * goes into collecting; with this it takes 40 MB in place of 20.
 */
const garbagePercent = '400';

/** Runs the real `go mod download` with these variables over the environment. */
export async function downloadModules(
  context: Context,
  toolchain: Toolchain,
  modules: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Downloaded> {
  const env = { GOGC: garbagePercent, ...context.env, ...variables };
  const ended = await toolchain.run(['mod', 'download', '-json', ...modules], { env, maxBytes: 256 * 1024 * 1024 });
  const answers = readDownloads(ended.stdout);
  const errors = answers.flatMap(({ Error: error }) => (error ? [`go: ${error}\n`] : []));
  return {
    exitCode: ended.exitCode ?? 1,
    modules: answers.filter(({ Error: error }) => !error).length,
    messages: (errors.join('') + ended.stderr).trim(),
  };
}
