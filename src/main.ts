import { version } from './version.ts';

/** Runs go-mirror with these arguments on this process. All that takes time to load is loaded by what needs it. */
export async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && /^(?:-V|--version)$/.test(argv[0]!)) process.stdout.write(`${version}\n`);
  else await (await import('./run.ts')).runHere(argv);
}
