import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabCase } from './case.ts';
import { corp } from './cases/parts.ts';
import { judge, type Report } from './judge.ts';
import { type Machine, startMachine } from './machine.ts';
import { publicHosts } from './worlds.ts';

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
  /** What the doctor is given (--timeout): 5 s, which is little for a busy machine. */
  seconds?: number;
}

/** Runs a case: the real pull, `doctor --json`, and, where a fix exists, `doctor --fix --yes` and the pull again. */
export async function examine(
  lab: LabCase,
  { doctor = true, fix = true, prove = true, seconds = 5 }: Examination = {},
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
      const asked = await machine.doctor(['--json', '--timeout', String(seconds), ...(lab.modules ?? [])], 30);
      verdict.doctorMs = asked.durationMs;
      verdict.report = parse(asked.stdout);
      verdict.doctor = verdict.report
        ? judge(filled, verdict.report, asked.exitCode)
        : [`no JSON: ${asked.stdout.slice(0, 200)} ${asked.stderr.slice(0, 400)}`];
      if (asked.durationMs > seconds * 1100 + 400) verdict.doctor.push(`took ${Math.round(asked.durationMs)} ms`);
      verdict.doctor.push(...leaks(asked.stdout + asked.stderr), ...(await told(machine)));
    }
    if (!prove) return { ...verdict, proven: true };
    const before = await machine.go(pull, lab.pullSeconds ?? 12);
    verdict.pull = before.timedOut
      ? `still running after ${lab.pullSeconds ?? 12} s\n${before.stderr}`
      : (before.stdout + before.stderr).trim();
    verdict.proven = lab.withoutGo || (lab.expect.length === 0) === (before.exitCode === 0);
    if (doctor && fix && (lab.fix || lab.afterFix)) verdict.fix = await tryFix(machine, filled, { pull, seconds });
    return verdict;
  } finally {
    await machine.remove();
  }
}

/** `doctor --fix --yes`, and what is wrong with what it did. */
async function tryFix(
  machine: Machine,
  lab: LabCase,
  { pull, seconds }: { pull: readonly string[]; seconds: number },
): Promise<string[]> {
  const wrong: string[] = [];
  const files = await protectedFiles(machine.project);
  const settings = await settingsOf(machine.home);
  const args = ['--fix', '--yes', '--json', '--timeout', String(seconds), ...(lab.modules ?? [])];
  await machine.forget();
  const { stdout, stderr, exitCode } = await machine.doctor(args, 90);
  wrong.push(...leaks(stdout + stderr), ...(await told(machine)));
  const report = parse(stdout);
  const after = await settingsOf(machine.home);
  wrong.push(...weakened(after, settings));
  if ((await protectedFiles(machine.project)) !== files) wrong.push('go.mod or go.sum changed');
  const { settings: expected, holds, says = [], fixed = [] } = lab.afterFix ?? {};
  if (lab.fix === 'nothing') {
    if (after !== settings) wrong.push(`the settings changed: ${after}`);
    wrong.push(...leadsElsewhere(report));
    const right = lab.expect.length === 0 ? 0 : 1;
    if (exitCode !== right) wrong.push(`--fix ended with ${exitCode}`);
  }
  if (expected !== undefined && after !== expected) wrong.push(`the settings are: ${after}`);
  if (holds !== undefined && !after.includes(holds)) wrong.push(`the settings are: ${after}`);
  for (const code of says) if (!report?.findings?.some(finding => finding.code === code)) wrong.push(`no ${code}`);
  for (const target of fixed) if (!report?.fixed?.some(one => one.target === target)) wrong.push(`${target}: not told`);
  if (lab.fix === 'cures') {
    const again = await machine.go(pull, lab.pullSeconds ?? 12);
    if (again.exitCode !== 0) {
      const said = again.timedOut ? 'it hangs' : again.stderr.trim().slice(0, 300);
      wrong.push(`the pull still fails: ${said}\n      the fix said: ${fixedWith(stdout)} ${stderr.slice(0, 200)}`);
    }
    if (exitCode !== 0) wrong.push(`--fix ended with ${exitCode}`);
  }
  return wrong;
}

/** Commands that lead to another mirror, to the origins, around a gatekeeper or to a weaker check. */
const elsewhere = /go-mirror use|GOPROXY|GOPRIVATE|GONOPROXY|GONOSUMDB|GOINSECURE|private add|direct|\boff\b/;

function leadsElsewhere(report: Report | null): string[] {
  const commands = report?.findings?.flatMap(finding => finding.remediation.commands) ?? [];
  return commands.filter(command => elsewhere.test(command)).map(command => `it proposes: ${command}`);
}

/** No public server hears a name that is private, whatever go itself would tell it. */
async function told(machine: Machine): Promise<string[]> {
  const isPublic = new Set([...publicHosts.flatMap(({ names }) => names), 'sum.golang.org', 'go-mirror.gitverse.ru']);
  const heard = (await machine.asked()).filter(
    ({ host, path }) => (isPublic.has(host) || host === machine.fill('{official}')) && path.includes(corp),
  );
  return heard.map(({ host, path }) => `${host} was told ${path}`);
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
