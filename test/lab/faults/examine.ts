import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabCase } from './case.ts';
import { judge, type Report } from './judge.ts';
import { startMachine } from './machine.ts';

/** How one case went. */
export interface Verdict {
  id: string;
  /** Whether the real go failed (or missed its time) as a fault must make it, or succeeded as a healthy set-up must. */
  proven: boolean;
  /** What go said before the doctor came. */
  pull: string;
  /** What is wrong with the doctor's answer; empty where it is right, null where it was not asked. */
  doctor: string[] | null;
  /** What is wrong after `doctor --fix --yes`; null where there is nothing to fix. */
  fix: string[] | null;
  doctorMs: number;
  report: Report | null;
}

export interface Examination {
  doctor?: boolean;
  fix?: boolean;
  /** Whether go is asked before the doctor; without that nothing is proven. */
  prove?: boolean;
}

const deadlineSeconds = 5;

/** Runs a case: the real pull, `doctor --json`, and, where a fix exists, `doctor --fix --yes` and the pull again. */
export async function examine(
  lab: LabCase,
  { doctor = true, fix = true, prove = true }: Examination = {},
): Promise<Verdict> {
  const machine = await startMachine(lab);
  try {
    const filled: LabCase = JSON.parse(machine.fill(JSON.stringify(lab)));
    const pull = lab.pull ?? ['mod', 'download'];
    const verdict: Verdict = {
      id: lab.id,
      proven: false,
      pull: '',
      doctor: null,
      fix: null,
      doctorMs: 0,
      report: null,
    };
    if (doctor) {
      const asked = await machine.doctor(['--json', '--timeout', String(deadlineSeconds), ...(lab.modules ?? [])], 30);
      verdict.doctorMs = asked.durationMs;
      verdict.report = parse(asked.stdout);
      verdict.doctor = verdict.report
        ? judge(filled, verdict.report, asked.exitCode)
        : [`no JSON: ${asked.stdout.slice(0, 200)} ${asked.stderr.slice(0, 400)}`];
      if (asked.durationMs > deadlineSeconds * 1100 + 400)
        verdict.doctor.push(`took ${Math.round(asked.durationMs)} ms`);
      verdict.doctor.push(...leaks(asked.stdout + asked.stderr));
    }
    if (!prove) return { ...verdict, proven: true };
    const before = await machine.go(pull, lab.pullSeconds ?? 12);
    verdict.pull = before.timedOut
      ? `still running after ${lab.pullSeconds ?? 12} s\n${before.stderr}`
      : (before.stdout + before.stderr).trim();
    verdict.proven = lab.withoutGo || (lab.expect.length === 0) === (before.exitCode === 0);
    if (doctor && fix && lab.fixable) {
      const files = await protectedFiles(machine.project);
      const fixed = await machine.doctor(
        ['--fix', '--yes', '--json', '--timeout', String(deadlineSeconds), ...(lab.modules ?? [])],
        60,
      );
      const untouched = (await protectedFiles(machine.project)) === files;
      const after = await machine.go(pull, lab.pullSeconds ?? 12);
      verdict.fix = [];
      if (after.exitCode !== 0) {
        const said = after.timedOut ? 'it hangs' : after.stderr.trim().slice(0, 300);
        verdict.fix.push(
          `the pull still fails: ${said}\n      the fix said: ${fixedWith(fixed.stdout)} ${fixed.stderr.slice(0, 200)}`,
        );
      }
      if (fixed.exitCode !== 0) verdict.fix.push(`--fix ended with ${fixed.exitCode}`);
      verdict.fix.push(...leaks(fixed.stdout + fixed.stderr));
      verdict.fix.push(...weakened(await settingsOf(machine.home), lab.settings ?? ''));
      if (!untouched) verdict.fix.push('go.mod or go.sum changed');
    }
    return verdict;
  } finally {
    await machine.remove();
  }
}

function parse(stdout: string): Report | null {
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return null;
  }
}

function fixedWith(stdout: string): string {
  const report = parse(stdout);
  const failing = report?.findings?.filter(finding => finding.status === 'fail') ?? [];
  return JSON.stringify({
    fixed: report?.fixed,
    failing: failing.map(({ cause, target }) => `${cause} ${target}`),
    error: report?.error,
  });
}

/** Every password of the cases is this word: it may stand in no output. */
export const password = 's3cret';
const leaks = (output: string): string[] => (output.includes(password) ? ['a password in the output'] : []);

/** go.mod and go.sum, which no fix may touch. */
async function protectedFiles(project: string): Promise<string> {
  const read = (name: string) => readFile(join(project, name), 'utf8').catch(() => '(none)');
  return JSON.stringify([await read('go.mod'), await read('go.sum')]);
}

const settingsOf = (home: string): Promise<string> => readFile(join(home, '.config/go/env'), 'utf8').catch(() => '');

/** Settings that take verification away and that the user had not made. */
function weakened(after: string, before: string): string[] {
  return after
    .split('\n')
    .filter(line => /^(GOSUMDB=off|GOFLAGS=.*-insecure|GOINSECURE=.|GONOSUMDB=.*\*(,|$)|GOPRIVATE=\*(,|$))/.test(line))
    .filter(line => !before.includes(line))
    .map(line => `verification weakened: ${line}`);
}
