import { explanationOf, readVerdict } from '../explain/explain.ts';
import { readMachine } from '../explain/machine.ts';
import { probeVerdict, withProbe } from '../explain/probing.ts';
import { reporters } from '../report/reporters.ts';
import { CliError } from '../system/errors.ts';
import { type Bytes, fileBytes, standardInput } from '../system/input.ts';
import type { Command, Invocation } from './command.ts';

interface Options {
  /** False with --no-env. */
  env: boolean;
  probe?: boolean;
  list?: boolean;
}

/** Exit 0: a cause is named; 1: none is known; with `-- COMMAND` as the command ended. */
export const explain: Command<Options> = async invocation => {
  const { context, out, t, name, args, passthrough, options } = invocation;
  if (options.list) {
    const { causesTable, listedCauses } = await reporters.table.explanation();
    out.json(name, { causes: listedCauses(t) });
    out.show(causesTable(out.drawing(t)));
    return 0;
  }
  if (args.length > 0 && passthrough) throw new CliError('explain.error.both');
  const machine = readMachine(context, { withEnv: options.env, catalogue: options.catalogue });
  const { read, ended } = passthrough
    ? await commandOutput(invocation, passthrough)
    : { read: await readVerdict(logOf(invocation)), ended: null };
  const failed = ended === 0 ? null : read;
  const probed = failed && options.probe ? await probeVerdict(context, failed) : null;
  const explanation = explanationOf(failed && withProbe(failed, probed), await machine);
  const shown = { ...explanation, probed, exitCode: ended };
  if (explanation.rule) out.detail(`rule ${explanation.rule}`);
  if (options.json) out.json(name, (await reporters.json.explanation())(shown, t));
  else out.show((await reporters.table.explanation()).explanationTable(shown, out.drawing(t)));
  return ended ?? (explanation.cause ? 0 : 1);
};

/** Runs the command; with --json its output goes to stderr, so that the object is alone on stdout. */
async function commandOutput({ context, out }: Invocation<Options>, command: readonly string[]) {
  if (command.length === 0) throw new CliError('explain.error.no-command');
  const { runAndHear } = await import('../system/foreground.ts');
  const stdoutTo = out.options.json ? 'stderr' : 'stdout';
  const { end, heard } = await runAndHear(context, command, { env: context.env, hear: readVerdict, stdoutTo });
  if (end.kind === 'ended') return { read: heard, ended: end.exitCode };
  throw new CliError('explain.error.cannot-start', { command: command[0]!, reason: end.code || end.detail });
}

function logOf({ context, args }: Invocation<Options>): Bytes {
  const [file] = args;
  if (file !== undefined && file !== '-') return readable(fileBytes(context, file), file);
  const input = standardInput();
  if (!input) throw new CliError('explain.error.no-input');
  return input;
}

async function* readable(bytes: Bytes, file: string): Bytes {
  try {
    yield* bytes;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CliError('explain.error.no-file', { file, reason });
  }
}
