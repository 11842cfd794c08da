import { parseArgs } from 'node:util';

/**
 * The options of a bench: `--NAME VALUE` for each of the defaults, and `--short`. `--help` prints the usage and ends the process.
 */
export function readOptions<Name extends string>(
  usage: string,
  defaults: Readonly<Record<Name, string>>,
): Record<Name, string> & { short: boolean } {
  const texts = Object.entries<string>(defaults).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  );
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(texts),
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help === true) {
    console.log(usage);
    process.exit(0);
  }
  return values as Record<Name, string> & { short: boolean };
}
