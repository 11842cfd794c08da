import { watch } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Running } from './process.ts';
import type { Sandbox } from './sandbox.ts';

/** What the settings file holds at the start: things that a careless writer loses. */
const original = '# settings of mine\n\nGOFLAGS=-mod=mod\nGOPRIVATE=git.example.com\n# the end, without a newline';

export interface KillReport {
  runs: number;
  /** Runs that were dead before they could say anything. */
  killed: number;
  /** Of these, runs whose change was in the file all the same. */
  killedAfterTheChange: number;
  /** Everything that must not be; empty when all is well. */
  faults: string[];
  historyEntries: number;
  undone: number;
}

export interface CrowdReport {
  processes: number;
  rounds: number;
  applied: number;
  faults: string[];
  historyEntries: number;
  undone: number;
}

/**
 * Runs `use` again and again and kills it with SIGKILL at a random moment of its life. After each run the settings file must be
 * the whole old or the whole new one; at the end every change that reached the file must be in the history, and undo must walk back
 * to the very bytes of the start.
 */
export async function killAtRandom(
  box: Sandbox,
  runs: number,
  random: () => number = Math.random,
): Promise<KillReport> {
  const file = await settingsFile(box);
  const faults: string[] = [];
  const lifeMs = await medianLife(box);
  const state = join(box.home, '.local/state/go-mirror');
  let killed = 0;
  let killedAfterTheChange = 0;
  for (let run = 0; run < runs; run++) {
    const before = await readFile(file, 'utf8');
    const url = `https://m${run}.example.com`;
    const running = box.start(['use', url, '--no-probe', '--json']);
    const disarm = killLater(running, state, random, lifeMs);
    const { stdout, exitCode, signal } = await running.ended;
    disarm();
    const after = await readFile(file, 'utf8').catch(() => '(no file)');
    const planned = withGoproxy(before, `${url},direct`);
    if (after !== before && after !== planned) faults.push(`run ${run}: neither the old nor the new file: ${after}`);
    if (stdout !== '' && after !== planned) faults.push(`run ${run}: said that it was applied, and it was not`);
    if (signal === 'SIGKILL' && stdout === '') killed++;
    if (signal === 'SIGKILL' && stdout === '' && after === planned) killedAfterTheChange++;
    if (signal === null && exitCode !== 0) faults.push(`run ${run}: exit code ${exitCode}`);
  }
  await box.run(['use', 'https://last.example.com', '--no-probe']);
  faults.push(...(await litter(box)));
  return { runs, killed, killedAfterTheChange, ...(await walkBack(box, file, faults)) };
}

/** Runs so many processes at once that each add a pattern, for so many rounds: none of the patterns may be lost. */
export async function writeAtOnce(box: Sandbox, processes: number, rounds: number): Promise<CrowdReport> {
  const file = await settingsFile(box);
  const faults: string[] = [];
  const applied: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const patterns = Array.from({ length: processes }, (_, index) => `p${index}.r${round}.example.com`);
    const runs = await Promise.all(patterns.map(pattern => box.run(['private', 'add', pattern, '--json'])));
    for (const [index, { exitCode, stdout, stderr }] of runs.entries()) {
      if (exitCode === 0 && JSON.parse(stdout).applied) applied.push(patterns[index]!);
      else faults.push(`${patterns[index]}: exit code ${exitCode}: ${stderr}`);
    }
    const listed = /^GOPRIVATE=(.*)$/m.exec(await readFile(file, 'utf8'))?.[1]?.split(',') ?? [];
    const lost = applied.filter(pattern => !listed.includes(pattern));
    if (lost.length > 0) faults.push(`round ${round}: lost ${lost.join(' ')}`);
  }
  faults.push(...(await litter(box)));
  const { historyEntries, ...rest } = await walkBack(box, file, faults);
  if (historyEntries !== applied.length)
    faults.push(`${applied.length} were applied, ${historyEntries} are in the history`);
  return { processes, rounds, applied: applied.length, historyEntries, ...rest };
}

/** One run in four is killed anywhere in its life, the others while they hold the lock: that is where something can go wrong. */
function killLater(running: Running, state: string, random: () => number, lifeMs: number): () => void {
  const timers: NodeJS.Timeout[] = [];
  const kill = (limitMs: number) => timers.push(setTimeout(() => running.child.kill('SIGKILL'), random() * limitMs));
  if (random() < 0.25) kill(lifeMs);
  const watcher = watch(state, (_, name) => {
    if (name === 'lock' && timers.length === 0) kill(lifeMs / 3);
  });
  return () => {
    watcher.close();
    for (const timer of timers) clearTimeout(timer);
  };
}

async function settingsFile(box: Sandbox): Promise<string> {
  const file = join(box.home, '.config/go/env');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, original);
  return file;
}

/** How long an undisturbed run takes, milliseconds. */
async function medianLife(box: Sandbox): Promise<number> {
  const lives: number[] = [];
  for (const name of ['a', 'b', 'c']) {
    lives.push((await box.run(['use', `https://${name}.example.com`, '--no-probe'])).durationMs);
  }
  return lives.sort((a, b) => a - b)[1]!;
}

/** The file as `go env -w GOPROXY=` leaves it: the line replaced in place, or added behind the last. */
function withGoproxy(text: string, value: string): string {
  return text.replace(/^GOPROXY=.*$/m, `GOPROXY=${value}`);
}

/** Temporary files, journals and locks that are still there. */
async function litter(box: Sandbox): Promise<string[]> {
  const folders = ['.config/go', '.local/state/go-mirror'].map(folder => join(box.home, folder));
  const names = (await Promise.all(folders.map(folder => readdir(folder)))).flat();
  return names.filter(name => name !== 'env' && name !== 'history').map(name => `left behind: ${name}`);
}

/** Undoes until there is nothing more to undo: then the file must be what it was at the start. */
async function walkBack(
  box: Sandbox,
  file: string,
  faults: string[],
): Promise<Pick<KillReport, 'faults' | 'historyEntries' | 'undone'>> {
  const { entries } = JSON.parse((await box.run(['history', '--json'])).stdout);
  let undone = 0;
  for (;;) {
    const { exitCode, stdout } = await box.run(['undo', '--json']);
    if (exitCode !== 0) {
      const { code } = JSON.parse(stdout).error;
      if (code !== 'undo.nothing') faults.push(`undo stopped after ${undone}: ${code}`);
      break;
    }
    undone++;
  }
  if (undone !== entries.length) faults.push(`${entries.length} entries in the history, ${undone} undone`);
  if ((await readFile(file, 'utf8')) !== original) faults.push('undo did not lead back to the start');
  return { faults, historyEntries: entries.length, undone };
}
