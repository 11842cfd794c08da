import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashGoMod, hashZip } from '../../src/modproxy/dirhash.ts';
import { memorySource } from '../../src/modproxy/source.ts';
import { publicMirrors } from '../lab/catalogue.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { type Fault, htmlPage, type Recorded } from '../lab/fault.ts';
import { madeModule } from '../lab/made-module.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { privateDatabase } from '../lab/private-sumdb.ts';
import type { Ended } from '../lab/process.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { cacheOf } from './made-project.ts';
import { type Random, seeded } from './random.ts';

/** What one generated case showed: whom go-mirror told what, beside what the real go tells with the same settings. */
export interface PolicyResult {
  seed: number;
  /** What must not be; empty where all is well. */
  violations: string[];
  /** The settings and answers, to read a violation by. */
  description: string;
}

/** A mirror of a case: its place in the list, whether the catalogue calls it public, and what it does. */
interface Entry {
  open: boolean;
  faults: Fault[];
}

interface Case {
  entries: Entry[];
  separators: string[];
  /** What stands behind the mirrors, and what stands among them. */
  end: string;
  env: Record<string, string>;
  goMod: string;
  dropped: string[];
  command: string[];
  isLoggedIn: boolean;
}

const requiring = (path: string, go: string, ...requires: string[]): string =>
  `module ${path}\n\ngo ${go}\n\n${requires.map(one => `require ${one} v1.0.0\n`).join('')}`;

/** The go.mod of each module: chains that are pruned and such that are not, private names, what is left over, what is replaced. */
const goMods: Readonly<Record<string, string>> = {
  'made.test/m0': requiring('made.test/m0', '1.21', 'made.test/m1'),
  'made.test/m1': requiring('made.test/m1', '1.16', 'made.test/m2', 'made.test/replaced'),
  'made.test/m2': requiring('made.test/m2', '1.21', 'made.test/m3'),
  'made.test/m3': requiring('made.test/m3', '1.16'),
  'made.test/m4': requiring('made.test/m4', '1.16', 'priv.corp.test/q'),
  'made.test/left': requiring('made.test/left', '1.16', 'made.test/m3'),
  'made.test/replaced': requiring('made.test/replaced', '1.16', 'made.test/m3'),
  'made.test/instead': requiring('made.test/instead', '1.16'),
  'priv.corp.test/p': requiring('priv.corp.test/p', '1.16', 'made.test/m3'),
  'priv.corp.test/q': requiring('priv.corp.test/q', '1.16'),
};
const paths = Object.keys(goMods);
const files: Readonly<Record<string, Buffer>> = Object.assign(
  {},
  ...paths.map(path => madeModule(path, { 'v1.0.0': { 'go.mod': goMods[path]! } })),
);

const sums = async (): Promise<Record<string, string[]>> => {
  const all: Record<string, string[]> = {};
  for (const path of paths) {
    const zip = await hashZip(memorySource(files[`/${path}/@v/v1.0.0.zip`]!));
    all[path] = [`${path} v1.0.0 ${zip}`, `${path} v1.0.0/go.mod ${hashGoMod(files[`/${path}/@v/v1.0.0.mod`]!)}`];
  }
  return all;
};

const notFound: Fault = { status: 404, body: 'not found\n' };
const answers: Readonly<Record<string, Fault>> = {
  404: notFound,
  410: { status: 410, body: 'gone\n' },
  403: { status: 403, body: 'Blocked by policy: quarantined\n' },
  401: { status: 401, body: 'unauthorized\n' },
  500: { status: 500, body: 'internal error\n' },
  502: { status: 502 },
  429: { status: 429, headers: { 'retry-after': '1' } },
  reset: { reset: 'before' },
  cut: { reset: 'body' },
  html: htmlPage,
  wrong: { tamper: true },
};

/** A few faults: of a whole mirror, of a module, of a kind of file; the checksum database is one of the modules. */
function faultsOf(random: Random): { faults: Fault[]; words: string } {
  const faults: Fault[] = [];
  const words: string[] = [];
  for (let left = Math.floor(random.next() * 4); left > 0; left -= 1) {
    const name = random.pick(Object.keys(answers));
    const what = random.next() < 0.15 ? '' : random.pick([...paths, ...paths, '/sumdb/', '/lookup/']);
    const kind = random.pick(['', '', '.info', '.mod', '.zip']);
    const path = (request: Recorded): boolean =>
      (what === '' || request.path.includes(what.startsWith('/') ? what : `/${what}/@v/`)) &&
      request.path.endsWith(what.startsWith('/') ? '' : kind);
    faults.push({ ...answers[name]!, path });
    words.push(`${name} for ${what || 'all'}${kind}`);
  }
  return { faults, words: words.join(', ') || 'healthy' };
}

function caseOf(random: Random): Case & { words: string[] } {
  const count = 1 + Math.floor(random.next() * 3);
  const words: string[] = [];
  const entries = Array.from({ length: count }, (): Entry => {
    const open = random.next() < 0.4;
    const { faults, words: said } = faultsOf(random);
    words.push(`${open ? 'public' : 'gatekeeper'}: ${said}`);
    return { open, faults };
  });
  const go = random.pick(['1.21', '1.21', '1.16']);
  const replaces = 'replace made.test/replaced => made.test/instead v1.0.0\n';
  const requires = paths.filter(path => !/left|instead/.test(path) && random.next() < 0.6);
  const patterns = ['', '', 'priv.corp.test', '*.corp.test', 'made.test/m2', 'made.test/m4,priv.corp.test/p', 'none'];
  const variables = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB'].map(name => [name, random.pick(patterns)]);
  const env = Object.fromEntries(variables.filter(([, value]) => value !== ''));
  return {
    entries,
    words,
    separators: entries.map(() => random.pick([',', ',', '|'])),
    end: random.pick(['', '', 'direct', 'off']),
    env: { ...env, GOSUMDB: random.pick(['off', 'database', 'database']), GOFLAGS: random.pick(['', '-mod=mod']) },
    goMod: `${requiring('made.test/main', go, ...requires)}\n${random.next() < 0.5 ? replaces : ''}`,
    dropped: paths.filter(() => random.next() < 0.1),
    command: random.pick([['pull'], ['pull'], ['pull', 'made.test/m4@v1.0.0'], ['run', 'download'], ['run', 'build']]),
    isLoggedIn: random.next() < 0.3,
  };
}

/** The names that a mirror heard, each with whether it saw a log-in. */
function heard(mirrors: readonly LabMirror[]): Set<string> {
  const all = mirrors.flatMap(({ requests }, index) =>
    requests.map(({ path, headers }) => `m${index} ${nameIn(path)}${headers.authorization ? ' with a log-in' : ''}`),
  );
  return new Set(all);
}

/** What a path tells: a module, or that a checksum database is asked, and about which. */
function nameIn(path: string): string {
  const looked = path.match(/^\/sumdb\/[^/]+\/lookup\/([^@]+)@/)?.[1];
  if (looked) return `database: ${looked}`;
  return path.startsWith('/sumdb/') ? 'database' : (path.match(/^\/(.+?)\/@/)?.[1] ?? path);
}

/**
 * Public mirrors that are neighbours may stand in for one another. For go they are as one: where one of them has a file, none of them fails
 * at it; and what one of them hears all may hear.
 */
function groupsOf(entries: readonly Entry[]): number[][] {
  const groups: number[][] = [];
  for (const [index, { open }] of entries.entries()) {
    const last = groups.at(-1);
    if (open && last && entries[last[0]!]!.open) last.push(index);
    else groups.push([index]);
  }
  return groups;
}

/** What one of neighbours heard, all may hear; a log-in only he who has it. */
function widenedBy(groupAt: (index: number) => number[], heardBy: ReadonlySet<string>): Set<string> {
  return new Set(
    [...heardBy].flatMap(told => {
      const [, index, name] = told.match(/^m(\d+) (.*?)(?: with a log-in)?$/)!;
      return [told, ...groupAt(Number(index)).map(member => `m${member} ${name}`)];
    }),
  );
}

/** The module of what was told; empty for a question about the checksum database itself. */
const moduleIn = (told: string): string => told.match(/^m\d+ (?:database(?:: )?)?(.*?)(?: with a log-in)?$/)![1]!;

/** Makes the case of a seed, runs go and go-mirror on it, and compares. */
export async function runPolicy(seed: number): Promise<PolicyResult> {
  const made = caseOf(seeded(seed));
  const description = [
    `${made.command.join(' ')}, separators ${made.separators.join(' ')} ${made.end}`,
    ...made.words,
    JSON.stringify(made.env),
    made.goMod.replaceAll('\n\n', '\n'),
    `not in go.sum: ${made.dropped.join(' ')}`,
  ].join('\n');
  const allSums = await sums();
  const records = Object.fromEntries(Object.entries(allSums).map(([path, lines]) => [`${path}@v1.0.0`, lines]));
  const database = privateDatabase('sum.corp.test', records);
  const authority = certificateAuthority();
  const tls = authority.leaf();
  const groups = groupsOf(made.entries);
  const groupAt = (index: number): number[] => groups.find(group => group.includes(index))!;
  /**
   * The faults that count for go: those that every neighbour has, as each sees them. A refusal is an answer, also of a public mirror that is
   * asked; `passedOver`: where another of them was asked before it.
   */
  const sharedAt =
    (passedOver: boolean) =>
    (index: number): Fault[] =>
      made.entries[index]!.faults.map(fault => ({
        ...fault,
        path: request =>
          hits(fault, request) &&
          ((!passedOver && (fault.status === 401 || fault.status === 403)) ||
            groupAt(index).every(other => made.entries[other]!.faults.some(each => hits(each, request)))),
      }));
  const boxes: Sandbox[] = [];
  const machine = async (faultsAt: (index: number) => Fault[]) => {
    const mirrors = await Promise.all(
      made.entries.map((_, index) => labMirror({ files, tls, sumdb: database, faults: faultsAt(index) })),
    );
    const goproxy = mirrors.map(({ url }, index) => `${url}${made.separators[index]}`).join('') + made.end;
    const box = await sandbox({
      env: {
        ...made.env,
        GOPROXY: goproxy,
        GOSUMDB: made.env.GOSUMDB === 'database' ? database.verifier : 'off',
        GOFLAGS: `-modcacherw ${made.env.GOFLAGS}`,
        GOTOOLCHAIN: 'local',
        GOVCS: '*:off',
      },
    });
    boxes.push(box);
    box.env.SSL_CERT_FILE = authority.writeTo(box.root);
    await mkdir(box.work, { recursive: true });
    await writeFile(join(box.work, 'go.mod'), made.goMod);
    const lines = Object.entries(allSums).flatMap(([path, own]) => (made.dropped.includes(path) ? [] : own));
    await writeFile(
      join(box.work, 'go.sum'),
      lines
        .sort()
        .map(line => `${line}\n`)
        .join(''),
    );
    const imports = [...made.goMod.matchAll(/^require (\S+)/gm)].slice(0, 3).map(([, path]) => `import _ "${path}"\n`);
    await writeFile(join(box.work, 'main.go'), `package main\n\n${imports.join('')}\nfunc main() {}\n`);
    if (made.isLoggedIn)
      await writeFile(join(box.home, '.netrc'), `machine ${mirrors[0]!.host} login me password p4ssword\n`);
    const catalogue = await publicMirrors(
      box.root,
      mirrors.filter((_, index) => made.entries[index]!.open).map(({ url }) => url),
    );
    return { box, mirrors, catalogue };
  };
  const [command, ...args] = made.command as [string, ...string[]];
  const goArgs =
    command === 'pull' ? ['mod', 'download', ...args] : args[0] === 'build' ? ['build', './...'] : ['mod', 'download'];
  /**
   * Go ends at the first refusal, and how much it has asked for by then is chance. What it did not come to is judged by itself: go in a
   * world without faults would say the name at all, and go that wants this module alone says it to that mirror.
   */
  const unlike = async (told: readonly string[]): Promise<string[]> => {
    const healthy = await machine(() => []);
    await healthy.box.go(goArgs, { timeoutMs: 90_000 });
    // A build that fails looks through the whole graph.
    if (args[0] === 'build') await healthy.box.go(['mod', 'download'], { timeoutMs: 90_000 });
    const names = new Set([...heard(healthy.mirrors)].map(moduleIn));
    const fair = new Set<string>();
    for (const name of new Set(told.map(moduleIn).filter(one => names.has(one) && one !== ''))) {
      const alone = await machine(sharedAt(true));
      await alone.box.go(['mod', 'download', `${name}@v1.0.0`]);
      for (const one of widenedBy(groupAt, heard(alone.mirrors))) fair.add(one);
      await Promise.all(alone.mirrors.map(mirror => mirror.close()));
    }
    await Promise.all(healthy.mirrors.map(mirror => mirror.close()));
    return told.filter(one => !fair.has(one)).map(one => `told: ${one}`);
  };
  const judge = await machine(sharedAt(false));
  const ours = await machine(index => made.entries[index]!.faults);
  try {
    const timeoutMs = 90_000;
    const went = await judge.box.go(goArgs, { timeoutMs });
    const ran = await ours.box.run(
      command === 'pull'
        ? ['pull', ...args, '--json', ...ours.catalogue]
        : ['run', ...ours.catalogue, '--', 'go', ...goArgs],
      { timeoutMs },
    );
    const widened = widenedBy(groupAt, heard(judge.mirrors));
    const told = [...heard(ours.mirrors)].filter(name => !widened.has(name));
    const violations = told.length === 0 ? [] : await unlike(told);
    violations.push(...(await worse(went, ran, judge.box, ours.box)));
    return {
      seed,
      violations,
      description: `${description}\ngo ended with ${went.exitCode}: ${went.stderr}\nours ended with ${ran.exitCode}: ${ran.stderr}${ran.stdout}`,
    };
  } finally {
    await Promise.all([...judge.mirrors, ...ours.mirrors].map(mirror => mirror.close()));
    await Promise.all(boxes.map(box => box.remove()));
  }
}

function hits({ path }: Fault, request: Recorded): boolean {
  return typeof path === 'function' && path(request);
}

/** What was accepted that go would not accept, and what failed that go gets. */
async function worse(went: Ended, ran: Ended, judge: Sandbox, ours: Sandbox): Promise<string[]> {
  if (ran.timedOut || went.timedOut) return [`timed out: ${ran.timedOut ? 'ours' : 'go'}`];
  if (ran.exitCode === 0 && went.exitCode !== 0) return ['accepted what go refuses'];
  if (ran.exitCode !== 0 && went.exitCode === 0) return ['failed where go succeeds'];
  if (went.exitCode !== 0) return [];
  const [theirs, own] = [await cacheOf(judge.moduleCache), await cacheOf(ours.moduleCache)];
  return [...own].filter(([name, hash]) => theirs.get(name) !== hash).map(([name]) => `module cache: ${name}`);
}
