import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, release } from 'node:os';
import { join, resolve } from 'node:path';
import { execute } from '../test/lab/machine.ts';
import { goFolder } from '../test/lab/sandbox.ts';
import { catalogue } from './figures/catalogue.ts';
import { aimOf, held, shown } from './figures/format.ts';

/** A file of `bench/results`: what a bench of full length found, and under which circumstances. */
export interface Result {
  bench: string;
  /** ISO 8601. */
  date: string;
  commit: string;
  /** Whether the working tree differed from that commit, results aside. */
  dirty: boolean;
  machine: { cores: number; kernel: string; node: string; go: string };
  /** Load averages over one, five and fifteen minutes when the bench began. */
  loadBefore: { one: number; five: number; fifteen: number };
  arguments: Readonly<Record<string, string | number | boolean>>;
  /** By the names of the catalogue, in its units: seconds, milliseconds, bytes, shares and ratios of one. */
  figures: Readonly<Record<string, number>>;
  aims: readonly { name: string; aim: string; measured: string; held: boolean }[];
}

const folder = join(import.meta.dirname, 'results');
const repository = resolve(import.meta.dirname, '..');
const [one = 0, five = 0, fifteen = 0] = loadavg().map(load => Number(load.toFixed(2)));

/** The aims of a bench beside its figures. Throws where these are not exactly those of the catalogue. */
export function aimsOf(bench: string, figures: Result['figures']): Result['aims'] {
  const known = catalogue[bench];
  if (!known) throw new Error(`${bench} is not in bench/figures/catalogue.ts.`);
  const wrong = Object.keys(known).filter(name => !Number.isFinite(figures[name]));
  wrong.push(...Object.keys(figures).filter(name => !known[name]));
  if (wrong.length > 0) throw new Error(`Figures of ${bench}: ${wrong}?`);
  return Object.entries(known).flatMap(([name, figure]) => {
    const [aim, kept] = [aimOf(figure), held(figure, figures[name]!)];
    return aim && kept !== null ? [{ name, aim, measured: shown(figure.unit, figures[name]!), held: kept }] : [];
  });
}

/**
 * Ends a bench: prints its figures beside the aims, sets exit code 1 where one is missed, and writes `bench/results/NAME.json`, but
 * only of a run at `full` length.
 */
export async function conclude(
  bench: string,
  run: Pick<Result, 'arguments' | 'figures'> & { full: boolean },
  to = folder,
): Promise<void> {
  const aims = aimsOf(bench, run.figures);
  console.log('');
  for (const [name, { en, unit }] of Object.entries(catalogue[bench]!)) {
    const aim = aims.find(one => one.name === name);
    const mark = aim ? (aim.held ? '✓' : '✗') : ' ';
    console.log(`${mark} ${en}: ${shown(unit, run.figures[name]!)}${aim ? ` (aim ${aim.aim})` : ''}`);
  }
  if (aims.some(aim => !aim.held)) process.exitCode = 1;
  if (!run.full) return console.log('Not at full length: no result is written.');
  const result: Result = { bench, ...(await circumstances()), arguments: run.arguments, figures: run.figures, aims };
  writeFileSync(join(to, `${bench}.json`), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`Written to bench/results/${bench}.json; \`npm run figures\` brings it into the pages.`);
}

/** All results that there are, by name. */
export function readResults(): Record<string, Result> {
  const names = readdirSync(folder).filter(name => name.endsWith('.json'));
  return Object.fromEntries(
    names.sort().map(name => [name.slice(0, -5), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Result]),
  );
}

async function circumstances(): Promise<Pick<Result, 'date' | 'commit' | 'dirty' | 'machine' | 'loadBefore'>> {
  const git = (...args: string[]) => execute('git', args, { cwd: repository });
  const changed = await git('status', '--porcelain', '--', '.', ':!bench/results');
  const go = await execute(join(goFolder, 'go'), ['env', 'GOVERSION']);
  return {
    date: new Date().toISOString(),
    commit: (await git('rev-parse', 'HEAD')).trim().slice(0, 12),
    dirty: changed.trim() !== '',
    machine: { cores: availableParallelism(), kernel: release(), node: process.version, go: go.trim() },
    loadBefore: { one, five, fifteen },
  };
}
