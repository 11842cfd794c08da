import { CommanderError } from 'commander';
import type { GlobalOptions } from './commands/command.ts';
import { type Language, languageOf, loadMessages, type Translate } from './messages/index.ts';
import { parseArguments } from './program.ts';
import type { Output, OutputOptions } from './report/output.ts';
import type { Context } from './system/context.ts';
import { CliError } from './system/errors.ts';
import { rememberSecrets } from './system/secrets.ts';
import { exitCodeOf } from './system/signals.ts';
import { startedAs } from './system/started-as.ts';
import { version } from './version.ts';

/** Runs go-mirror with these arguments on this process, and leaves the exit code in `process.exitCode`. */
export async function runHere(argv: readonly string[]): Promise<void> {
  const interrupt = new AbortController();
  // What stands behind `--` decides itself what a signal means.
  interruptBy(interrupt, { mayEnd: !argv.includes('--') });
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreBrokenPipe);
  const context: Context = {
    env: process.env,
    cwd: workingFolder(),
    platform: process.platform,
    signal: interrupt.signal,
  };
  for (const value of [...argv, ...Object.values(context.env)]) rememberSecrets(value ?? '');
  process.exitCode = await run(context, argv);
}

/** Two signals nearer than this are one Ctrl-C, which npx hands on besides the terminal; milliseconds. */
const sameMs = 300;

/** Ctrl-C, a supervisor's end and a terminal that is closed stop the work; the second one does not wait until it has stopped. */
function interruptBy(interrupt: AbortController, { mayEnd }: { mayEnd: boolean }): void {
  let firstAt = 0;
  const stop = (signal: NodeJS.Signals): void => {
    if (!interrupt.signal.aborted) firstAt = performance.now();
    else if (mayEnd && performance.now() - firstAt > sameMs) process.exit(exitCodeOf(signal));
    interrupt.abort();
  };
  // Not once: a listener that takes itself off lets execa's (signal-exit) believe it is alone, and it ends the process at once.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

/** Everything from the arguments to the exit code. */
async function run(context: Context, argv: readonly string[]): Promise<number> {
  const t = await loadMessages(spokenLanguage(argv) ?? languageOf(context), startedAs(context, process.argv[1] ?? ''));
  const outputWith = async (options: OutputOptions): Promise<Output> =>
    (await import('./report/output.ts')).createOutput(context, options, process.stdout, process.stderr);
  let out: Output | null = null;
  let name = 'go-mirror';
  try {
    const call = parseArguments(argv, version, t, { out: text => process.stdout.write(text) });
    // Help needs no pens.
    if (!call) return 0;
    const options = call.options as GlobalOptions;
    name = call.spec.name;
    out = await outputWith({ ...options, noColor: !options.color });
    const asksGo = call.spec.asksGo?.(call.options as never) ?? true;
    if (asksGo) await (await import('./commands/ask-early.ts')).askEarly(context);
    const command = await call.spec.load();
    const code = await command({
      context,
      out,
      t,
      name,
      args: call.args,
      options: call.options as never,
      passthrough: call.passthrough,
    });
    return context.signal.aborted && !call.passthrough ? interrupted(name, out, t) : code;
  } catch (error) {
    out ??= await outputWith(plainOptions(argv));
    if (context.signal.aborted) {
      out.note(t('error.interrupted'));
      return interrupted(name, out, t);
    }
    return await report(error, name, out, t);
  } finally {
    out?.close();
  }
}

/** Ctrl-C: the one object says so too. */
function interrupted(name: string, out: Output, t: Translate): number {
  out.json(name, { error: { code: 'interrupted', message: t('error.interrupted'), hint: null } });
  return 130;
}

/** Words an error on stderr, and as the one object of --json. */
async function report(error: unknown, name: string, out: Output, t: Translate): Promise<number> {
  const { code, message, hint, exitCode } = await describe(error, out, t);
  out.json(name, { error: { code, message, hint } });
  if (!out.options.json) {
    out.warn(out.paintNote.red(t('error.prefix', { message })));
    if (hint) out.warn(t('error.hint', { hint }));
  }
  return exitCode;
}

async function describe(error: unknown, out: Output, t: Translate) {
  if (error instanceof CliError) {
    const code = error.code.replace(/^error\./, '');
    return {
      code,
      message: t.optional(error.code, error.args) ?? error.code,
      hint: t.optional(`${error.code}.hint`, error.args),
      exitCode: error.exitCode,
    };
  }
  if (error instanceof CommanderError) {
    const { wordUsageError } = await import('./usage-error.ts');
    return { code: 'usage', message: wordUsageError(error, t), hint: t('error.usage.hint'), exitCode: 2 };
  }
  if (error instanceof Error && error.stack) out.detail(error.stack);
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message: t('error.unexpected', { detail }),
    hint: t('error.unexpected.hint'),
    exitCode: 2,
  };
}

/** The language and the stream options are needed before the arguments are understood, for the errors they may hold. */
function spokenLanguage(argv: readonly string[]): Language | null {
  const own = ownArguments(argv);
  const spoken = own.find(arg => arg.startsWith('--lang='))?.slice(7) ?? own[own.indexOf('--lang') + 1];
  return own.some(arg => /^--lang(=|$)/.test(arg)) && (spoken === 'en' || spoken === 'zh') ? spoken : null;
}

function plainOptions(argv: readonly string[]) {
  const own = ownArguments(argv);
  return {
    json: own.includes('--json'),
    quiet: own.includes('-q') || own.includes('--quiet'),
    verbose: own.includes('-v') || own.includes('--verbose'),
    noColor: own.includes('--no-color'),
  };
}

function ownArguments(argv: readonly string[]): readonly string[] {
  return argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
