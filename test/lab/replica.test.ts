import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeModule } from './made-module.ts';
import { labMirror } from './mirror.ts';
import { copyProject, moduleTree } from './modules.ts';
import { privateDatabase } from './private-sumdb.ts';
import { sandbox } from './sandbox.ts';
import { sumdbReplica } from './sumdb.ts';

describe('the replica of sum.golang.org, judged by go', () => {
  test('a whole project without go.sum is verified through it', async () => {
    const mirror = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica() });
    const box = await sandbox({ env: { GOPROXY: mirror.url } });
    await copyProject(box.work);
    await box.exec('/bin/rm', ['go.sum']);
    const { stderr, exitCode } = await box.go(['mod', 'download']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(mirror.requests.filter(request => request.path.includes('/lookup/')).length).toBeGreaterThan(100);
    expect(mirror.requests.filter(request => request.status !== 200)).toEqual([]);
  });

  test.each([
    ['a tampered zip', { path: '.zip', tamper: true }, /SECURITY ERROR/],
    ['a tampered record', { path: '/lookup/', tamper: true }, /SECURITY ERROR|cannot authenticate record/],
    ['no database', { path: '/sumdb/', status: 500 }, /500 Internal Server Error/],
  ])('%s', async (_, fault, expected) => {
    const mirror = await labMirror({ tree: await moduleTree(), sumdb: await sumdbReplica(), faults: [fault] });
    const box = await sandbox({ env: { GOPROXY: mirror.url } });
    const { stdout, stderr, exitCode } = await box.go(['mod', 'download', '-json', 'rsc.io/quote@v1.5.2']);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(expected);
  });
});

describe('a checksum database with a key of its own', () => {
  const files = { ...madeModule('corp.test/a', { 'v1.0.0': {} }), ...madeModule('corp.test/b', { 'v1.0.0': {} }) };
  const modules = ['corp.test/a@v1.0.0', 'corp.test/b@v1.0.0'];

  /** What go computes of them, which makes the records. */
  async function records(): Promise<Record<string, string[]>> {
    const mirror = await labMirror({ files });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off' } });
    const { stdout } = await box.go(['mod', 'download', '-json', ...modules]);
    const found = JSON.parse(`[${stdout.replaceAll('}\n{', '},{')}]`) as {
      Path: string;
      Sum: string;
      GoModSum: string;
    }[];
    return Object.fromEntries(
      found.map(({ Path, Sum, GoModSum }) => [
        `${Path}@v1.0.0`,
        [`${Path} v1.0.0 ${Sum}`, `${Path} v1.0.0/go.mod ${GoModSum}`],
      ]),
    );
  }

  test('go accepts it by its key, and refuses one that pretends to be another', async () => {
    const database = privateDatabase('sum.corp.test', await records());
    const mirror = await labMirror({ files, sumdb: database });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: database.verifier } });
    expect(await box.go(['mod', 'download', ...modules])).toMatchObject({ exitCode: 0 });

    const pretender = await labMirror({ files, sumdb: privateDatabase('sum.golang.org', await records()) });
    const other = await sandbox({ env: { GOPROXY: pretender.url } });
    const { stderr, exitCode } = await other.go(['mod', 'download', ...modules]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/invalid signature|no verifiable signatures|signed by unknown/);
  });
});

test('the tree serves go as a file proxy too', async () => {
  const box = await sandbox({ env: { GOPROXY: `file://${await moduleTree()}`, GOSUMDB: 'off' } });
  await copyProject(join(box.work, 'p'));
  const { exitCode } = await box.go(['mod', 'download'], { cwd: join(box.work, 'p') });
  expect(exitCode).toBe(0);
});
