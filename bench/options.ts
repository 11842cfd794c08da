import { parseArgs } from 'node:util';

/**
 * The options of a bench: `--NAME VALUE` for each of the defaults, the flags, and `--short`. `--help` prints the usage and ends the
 * process, as does an option that is not known.
 */
export function readOptions<Name extends string, Flag extends string = never>(
  usage: string,
  defaults: Readonly<Record<Name, string>>,
  flags: readonly Flag[] = [],
): Record<Name, string> & Record<Flag | 'short', boolean> {
  const texts = Object.entries<string>(defaults).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  );
  const switches = [...flags, 'short', 'help'].map(name => [name, { type: 'boolean', default: false }] as const);
  const values = parsed();
  if (values.help !== true) return values as Record<Name, string> & Record<Flag | 'short', boolean>;
  console.log(usage);
  process.exit(0);

  function parsed(): Record<string, unknown> {
    try {
      return parseArgs({ options: Object.fromEntries([...texts, ...switches]) }).values;
    } catch (error) {
      console.error(`${(error as Error).message}\n${usage}`);
      process.exit(2);
    }
  }
}
