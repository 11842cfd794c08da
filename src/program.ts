import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions, Invocation } from './commands/command.ts';
import { type CommandSpec, commands, type OptionSpec } from './commands.ts';
import type { Translate } from './messages/index.ts';

/** A call as commander understood it: what is left is to run it. */
export interface Call {
  spec: CommandSpec;
  args: string[];
  options: Invocation['options'];
  passthrough: string[] | null;
}

/** Where help and version go. */
export interface Printers {
  out: (text: string) => void;
}

/**
 * Reads the arguments. Returns the call, or null where help or the version was printed.
 * Throws a `CommanderError` for anything it cannot understand.
 */
export function parseArguments(argv: readonly string[], version: string, t: Translate, print: Printers): Call | null {
  let call: Call | null = null;
  const program = describe(new Command('go-mirror'), 'go-mirror', t)
    .version(version, '-V, --version', t('help.option.version'))
    .configureOutput({ writeOut: print.out, writeErr: () => {} })
    .addHelpCommand(false)
    .exitOverride();
  for (const spec of globalOptions) program.addOption(optionOf(spec, t));
  for (const spec of wanted(argv)) {
    const command = describe(program.command(spec.name), spec.name, t);
    if (spec.aliases) command.aliases([...spec.aliases]);
    if (spec.operands) command.arguments(spec.operands);
    for (const option of spec.options ?? []) command.addOption(optionOf(option, t));
    // Commander counts what stands behind `--` as operands too.
    command.allowExcessArguments(spec.passthrough === true);
    command.action(() => {
      const split = argv.indexOf('--');
      const passthrough = spec.passthrough && split >= 0 ? argv.slice(split + 1) : null;
      const operands = command.args.slice(0, command.args.length - (passthrough?.length ?? 0));
      const expected = command.registeredArguments;
      if (operands.length > expected.length && !expected.at(-1)?.variadic) {
        command.error(`error: too many arguments for '${spec.name}'`, { code: 'commander.excessArguments' });
      }
      call = { spec, args: operands, options: command.optsWithGlobals<GlobalOptions>(), passthrough };
    });
  }
  try {
    program.parse(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    throw error;
  }
  return call;
}

/** The command that is called, all of them where it is not certain which: only what is read costs time. */
function wanted(argv: readonly string[]): readonly CommandSpec[] {
  const [first] = argv;
  const called = commands.find(({ name, aliases = [] }) => first !== undefined && [name, ...aliases].includes(first));
  return called ? [called] : commands;
}

const globalOptions: readonly OptionSpec[] = [
  { flags: '--json' },
  { flags: '--lang <language>', value: ['en', 'zh'] },
  { flags: '--no-color' },
  { flags: '-q, --quiet' },
  { flags: '-v, --verbose' },
  { flags: '-y, --yes' },
  { flags: '--no-input' },
  { flags: '--catalogue <file>' },
];

function optionOf({ flags, value }: OptionSpec, t: Translate): Option {
  const option = new Option(flags);
  // `--no-proxy <patterns>` takes a value: it is a name, not the opposite of `--proxy`.
  if (option.required) option.negate = false;
  option.description = t.optional(`help.option.${flags.match(/--([\w-]+)/)![1]}`) ?? '';
  if (value === 'repeatable') return option.argParser<string[]>((text, before) => [...(before ?? []), text]);
  if (value === 'seconds' || value === 'count') return option.argParser(text => positive(text, flags, value, t));
  return value ? option.choices(value) : option;
}

function positive(text: string, option: string, kind: 'seconds' | 'count', t: Translate): number {
  const number = Number(text);
  const fits = text.trim() !== '' && number > 0 && number <= 86_400 && (kind === 'seconds' || Number.isInteger(number));
  if (!fits) throw new InvalidArgumentError(t('error.bad-number', { value: text, option }));
  return number;
}

function describe(command: Command, name: string, t: Translate): Command {
  const examples = t.optional(`help.${name}.examples`);
  if (examples) command.addHelpText('after', `\n${t('help.examples')}\n${examples.replace(/^/gm, '  ')}`);
  return command
    .description(t.optional(`help.${name}`) ?? '')
    .helpOption('-h, --help', t('help.option.help'))
    .configureHelp({
      showGlobalOptions: name !== 'go-mirror',
      styleTitle: title => t.optional(`help.title.${title}`) ?? title,
    })
    .showSuggestionAfterError(true);
}
