import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hashGoMod, hashZip } from '../../src/modproxy/dirhash.ts';
import { memorySource } from '../../src/modproxy/source.ts';
import type { MirrorProbe } from '../../src/probe/result.ts';
import type { Fault } from '../lab/fault.ts';
import { madeModule } from '../lab/made-module.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

const own = madeModule('git.corp.example/team/lib', { 'v1.0.0': {} });
const shared = madeModule('example.org/shared', { 'v1.2.0': {} });
const quote = [
  'rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=',
  'rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=',
];
let tree: string;

beforeAll(async () => {
  tree = await moduleTree();
});

/** So many characters that a zip makes hardly smaller. */
function incompressible(length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 88) }, (_, index) =>
    createHash('sha512').update(`${index}`).digest('base64'),
  );
  return blocks.join('').slice(0, length);
}

async function sums(files: Record<string, Buffer>, path: string, version: string): Promise<string[]> {
  const base = `/${path}/@v/${version}`;
  return [
    `${path} ${version} ${await hashZip(memorySource(files[`${base}.zip`]!))}`,
    `${path} ${version}/go.mod ${hashGoMod(files[`${base}.mod`]!)}`,
  ];
}

async function project(lines: string[], env: Record<string, string>): Promise<Sandbox> {
  const box = await sandbox({ env: { GOSUMDB: 'off', ...env } });
  const required = lines
    .filter(line => !line.includes('/go.mod'))
    .map(line => `\t${line.split(' ').slice(0, 2).join(' ')}`);
  await writeFile(join(box.work, 'go.mod'), `module app.test/app\n\ngo 1.21\n\nrequire (\n${required.join('\n')}\n)\n`);
  await writeFile(join(box.work, 'go.sum'), `${lines.join('\n')}\n`);
  return box;
}

async function tested(box: Sandbox, ...args: string[]): Promise<{ mirrors: MirrorProbe[]; exitCode: number | null }> {
  const { stdout, exitCode } = await box.run(['test', '--json', '--timeout', '20', ...args]);
  return { mirrors: (JSON.parse(stdout) as { mirrors: MirrorProbe[] }).mirrors, exitCode };
}

const asked = ({ requests }: LabMirror, path: string): boolean => requests.some(request => request.path.includes(path));

describe('a project decides by what a mirror proves itself', () => {
  test('a gatekeeper with the company’s modules only is right, whatever it says of all others', async () => {
    for (const status of [404, 410, 403]) {
      const gate = await labMirror({ files: own, faults: [{ path: /^\/(?!git\.corp)/, status }] });
      const box = await project([...(await sums(own, 'git.corp.example/team/lib', 'v1.0.0')), ...quote], {
        GOPROXY: `${gate.url},direct`,
      });
      const { mirrors, exitCode } = await tested(box, gate.url);
      expect(mirrors[0]).toMatchObject({ status: 'ok', cause: null, content: { verified: true } });
      expect(exitCode).toBe(0);
    }
  });

  test('a mirror without rsc.io/quote that has every module of go.sum is right', async () => {
    const mirror = await labMirror({ files: shared });
    const box = await project(await sums(shared, 'example.org/shared', 'v1.2.0'), { GOPROXY: mirror.url });
    expect((await tested(box, mirror.url)).mirrors[0]).toMatchObject({ status: 'ok', content: { verified: true } });
  });

  test('one that serves nothing it is needed for fails', async () => {
    const mirror = await labMirror({ files: shared });
    const box = await project(await sums(own, 'git.corp.example/team/lib', 'v1.0.0'), { GOPROXY: mirror.url });
    const { mirrors, exitCode } = await tested(box, mirror.url);
    expect(mirrors[0]).toMatchObject({ status: 'fail', cause: 'mirror-not-found-404-410', score: 0 });
    expect(exitCode).toBe(1);
  });

  test('content that differs from go.sum is named as that', async () => {
    const mirror = await labMirror({ files: shared, faults: [{ path: '.zip', tamper: true }] });
    const box = await project(await sums(shared, 'example.org/shared', 'v1.2.0'), { GOPROXY: mirror.url });
    expect((await tested(box, mirror.url)).mirrors[0]).toMatchObject({
      status: 'fail',
      cause: 'checksum-mismatch-gosum',
    });
  });

  test('no private name, nor one that looks so, is told to a public mirror', async () => {
    const mirror = await labMirror({ tree, files: { ...own, ...shared } });
    const lines = [
      ...(await sums(own, 'git.corp.example/team/lib', 'v1.0.0')),
      ...(await sums(shared, 'example.org/shared', 'v1.2.0')),
      ...quote,
    ];
    const box = await project(lines, { GOPROXY: 'off', GOPRIVATE: 'example.org/shared', GONOPROXY: 'none' });
    const { probeMirrors } = await import('../../src/probe/mirrors.ts');
    const { readGoFacts } = await import('../../src/go/facts.ts');
    const { readProject } = await import('../../src/project/read.ts');
    const context = { env: box.env, cwd: box.work, platform: process.platform, signal: new AbortController().signal };
    const facts = await readGoFacts(context);
    const target = { name: 'public', url: mirror.url, counts: true, inEffect: false, trust: 'public' as const };
    const [probe] = await probeMirrors(context, [target], {
      deadlineMs: 20_000,
      settings: facts.settings,
      project: await readProject(context, facts),
    });
    expect(probe).toMatchObject({ status: 'ok', content: { verified: true } });
    expect(asked(mirror, 'rsc.io/quote')).toBe(true);
    expect(asked(mirror, 'git.corp.example')).toBe(false);
    expect(asked(mirror, 'example.org/shared')).toBe(false);
  });
});

describe('a mirror that serves small files well and large ones not', () => {
  const text = [
    'golang.org/x/text v0.42.0 h1:JbOZXgfeCPU9gacVtYliJqOhD+zhrEqK4LfdpmlUZqI=',
    'golang.org/x/text v0.42.0/go.mod h1:ojzP1Z+2QtioaF8DTtO8K5q7JWVVYwZKenzujK0Zd0E=',
  ];
  const made = madeModule('example.org/large', { 'v1.0.0': { 'data.bin': incompressible(400_000) } });

  test.each<[string, Fault, string]>([
    ['breaks off', { reset: 'body' }, 'truncated-download'],
    ['has its streams reset', { resetStream: 'body' }, 'truncated-download'],
    ['stops', { stall: 'body' }, 'stalled'],
    [
      'resets before any of it is read',
      { reset: 'before', path: ({ method, path }) => method === 'GET' && path.endsWith('x/text/@v/v0.42.0.zip') },
      'connection-reset',
    ],
  ])('%s behind the first 64 kB: it fails, with the module named', async (_, harm, cause) => {
    const mirror = await labMirror({ tree, faults: [{ path: '.zip', keepBytes: 65_536, ...harm }] });
    const box = await project([...quote, ...text], { GOPROXY: mirror.url });
    const { mirrors, exitCode } = await tested(box, mirror.url);
    expect(mirrors[0]).toMatchObject({ status: 'fail', cause, score: 0, target: mirror.host });
    expect(mirrors[0]!.requests.length).toBeLessThanOrEqual(20);
    expect(exitCode).toBe(1);
  });

  test('ends as if whole: it is held against go.sum', async () => {
    const mirror = await labMirror({
      tree,
      files: made,
      faults: [{ path: '.zip', keepBytes: 65_536, truncate: true }],
    });
    const lines = [...quote, ...(await sums(made, 'example.org/large', 'v1.0.0'))];
    const box = await project(lines, { GOPROXY: mirror.url });
    expect((await tested(box, mirror.url)).mirrors[0]).toMatchObject({ status: 'fail', cause: 'truncated-download' });
  });

  test('one break is chance, and a slow line is no fault', async () => {
    const [once, slow] = await Promise.all([
      labMirror({ tree, faults: [{ path: 'x/text/@v/v0.42.0.zip', keepBytes: 65_536, reset: 'body', times: 1 }] }),
      labMirror({ tree, faults: [{ path: 'x/text/@v/v0.42.0.zip', bytesPerSecond: 30_000 }] }),
    ]);
    for (const mirror of [once, slow]) {
      const box = await project([...quote, ...text], { GOPROXY: mirror.url });
      expect((await tested(box, mirror.url)).mirrors[0]).toMatchObject({ status: 'ok', cause: null });
    }
  });
});

test('outside a project a gatekeeper that hands on what it has not is no failure, a fast 404 alone is', async () => {
  const gate = await labMirror({ files: own });
  const box = await sandbox({ env: { GOPROXY: `${gate.url},https://next.invalid`, GOSUMDB: 'off' } });
  expect((await tested(box, gate.url)).mirrors[0]).toMatchObject({ status: 'degraded', score: null });
  const alone = await sandbox({ env: { GOPROXY: gate.url } });
  expect((await tested(alone, gate.url)).mirrors[0]).toMatchObject({ status: 'fail', score: 0 });
});
