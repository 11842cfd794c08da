import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { madeModule } from '../lab/made-module.ts';
import { labMirror } from '../lab/mirror.ts';
import { type PrivateDatabase, privateDatabase } from '../lab/private-sumdb.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

const files = madeModule('made.test/a', {
  'v1.0.0': { 'go.mod': 'module made.test/a\n\ngo 1.21\n' },
});
const main = 'package main\n\nimport _ "made.test/a"\n\nfunc main() {}\n';
let sums: string;
let database: PrivateDatabase;

async function project(env: Readonly<Record<string, string>>): Promise<Sandbox> {
  const box = await sandbox({ env: { GOFLAGS: '-modcacherw', GOSUMDB: 'off', ...env } });
  await writeFile(join(box.work, 'go.mod'), 'module made.test/main\n\ngo 1.21\n\nrequire made.test/a v1.0.0\n');
  await writeFile(join(box.work, 'main.go'), main);
  return box;
}

const sumIn = (box: Sandbox): Promise<string | null> => readFile(join(box.work, 'go.sum'), 'utf8').catch(() => null);

beforeAll(async () => {
  const mirror = await labMirror({ files });
  const box = await project({ GOPROXY: mirror.url });
  await box.go(['mod', 'download', 'made.test/a']);
  sums = (await sumIn(box))!;
  database = privateDatabase('sum.made.test', { 'made.test/a@v1.0.0': sums.trim().split('\n') });
});

/** Runs a command that counts its attempts, says this each time and fails. */
async function attemptsOf(output: string, retry = ['--retry', '2']): Promise<{ attempts: number; stderr: string }> {
  const box = await sandbox({ env: { GOPROXY: 'http://127.0.0.1:9', GOSUMDB: 'off' } });
  await writeFile(join(box.work, 'said'), output);
  const { exitCode, stderr } = await box.run([
    'run',
    ...retry,
    '--',
    'sh',
    '-c',
    'echo x >>tries; cat said >&2; exit 6',
  ]);
  expect(exitCode).toBe(6);
  return { attempts: (await readFile(join(box.work, 'tries'), 'utf8')).length / 2, stderr };
}

const reset =
  'go: made.test/a@v1.0.0: Get "https://mirror.made.test/made.test/a/@v/v1.0.0.zip": read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer\n';

describe('run --retry', () => {
  it.each([
    ['a connection that was reset', reset],
    ['a 502', 'go: made.test/a@v1.0.0: reading https://mirror.made.test/made.test/a/@v/v1.0.0.mod: 502 Bad Gateway\n'],
    ['an INTERNAL_ERROR', 'go: made.test/a@v1.0.0: stream error: stream ID 35; INTERNAL_ERROR; received from peer\n'],
    [
      'a package that could not be set up',
      `# made.test/main\nmain.go:3:8: ${reset.slice(4)}FAIL\tmade.test/main [setup failed]\n`,
    ],
  ])('begins again after %s', async (_, output) => {
    expect((await attemptsOf(output, ['--retry', '1'])).attempts).toBe(2);
  });

  it.each([
    ['a compile error', '# made.test/main\n./main.go:5:2: undefined: foo\n'],
    ['a compile error behind a failed download', `${reset}# made.test/main\n./main.go:5:2: undefined: foo\n`],
    [
      'a failed test',
      `${reset}--- FAIL: TestX (0.00s)\n    x_test.go:7: no\nFAIL\nFAIL\tmade.test/main\t0.003s\nFAIL\n`,
    ],
    ['a vet error', '# made.test/main\n# [made.test/main]\nvet: ./main.go:5:2: undefined: foo\n'],
    [
      'a hash that the checksum database contradicts',
      'go: made.test/a@v1.0.0: verifying module: checksum mismatch\n\tdownloaded: h1:a=\n\tsum.golang.org: h1:b=\n\nSECURITY ERROR\n',
    ],
    [
      'a version that nobody has',
      'go: made.test/a@v1.0.0: reading https://mirror.made.test/made.test/a/@v/v1.0.0.info: 404 Not Found\n',
    ],
    [
      'a refusal',
      'go: made.test/a@v1.0.0: reading https://mirror.made.test/made.test/a/@v/v1.0.0.info: 403 Forbidden\n',
    ],
    [
      'a missing line of go.sum',
      'go: made.test/a@v1.0.0: missing go.sum entry for go.mod file; to add it:\n\tgo mod download made.test/a\n',
    ],
    ['another program', 'make: *** [Makefile:3: all] Error 2\n'],
    ['silence, where the mirror was not asked', ''],
  ])('ends after %s', async (_, output) => {
    expect((await attemptsOf(output)).attempts).toBe(1);
  });

  it('is not asked for', async () => {
    expect((await attemptsOf(reset, [])).attempts).toBe(1);
  });

  it('waits in between, says why, and ends as the last attempt does', async () => {
    const mirror = await labMirror({ files, faults: [{ path: '.zip', status: 502, times: 6 }] });
    const box = await project({ GOPROXY: mirror.url });
    await writeFile(join(box.work, 'go.sum'), sums);
    const args = ['run', '--retry', '3', '--summary', 'out.json', '--', 'sh', '-c', 'go list -deps .'];
    const { exitCode, stderr } = await box.run(args);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('the pull failed (mirror-server-error-5xx): attempt 2 of 4 begins in 1 s');
    expect(stderr).toMatch(/; healed: 1 × mirror-server-error-5xx\n/);
    const summary = JSON.parse(await readFile(join(box.work, 'out.json'), 'utf8'));
    expect(summary).toMatchObject({ attempts: 2, exitCode: 0, healed: { 'mirror-server-error-5xx': 1 } });
    expect(summary.upstreams[0].failures).toBeGreaterThanOrEqual(6);
  });

  it('asks the relay where the command says nothing', async () => {
    const mirror = await labMirror({ files, faults: [{ path: '.zip', status: 502, times: 6 }] });
    const box = await project({ GOPROXY: mirror.url });
    await writeFile(join(box.work, 'go.sum'), sums);
    const script = 'echo x >>tries; go list -deps . >/dev/null 2>&1';
    expect((await box.run(['run', '--retry', '3', '--', 'sh', '-c', script])).exitCode).toBe(0);
    expect(await readFile(join(box.work, 'tries'), 'utf8')).toBe('x\nx\n');
  });

  it('is over at Ctrl-C while it waits', async () => {
    const box = await sandbox({ env: { GOPROXY: 'http://127.0.0.1:9', GOSUMDB: 'off' } });
    await writeFile(join(box.work, 'said'), reset);
    const running = box.start(['run', '--retry', '9', '--', 'sh', '-c', 'echo x >>tries; cat said >&2; exit 6']);
    await running.shows('attempt 4 of 10 begins in 4 s');
    running.child.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(130);
    expect(await readFile(join(box.work, 'tries'), 'utf8')).toBe('x\nx\nx\n');
  });

  it('refuses what is no number', async () => {
    const box = await sandbox();
    const { exitCode, stderr } = await box.run(['run', '--retry', 'often', '--', 'true']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('often');
  });
});

describe('a refused hash', () => {
  it.each([
    { kind: 'zip', args: [] },
    { kind: 'mod', args: [] },
    { kind: 'zip', args: ['--retry', '2'] },
  ])('of a $kind that go leaves in go.sum does not stay there, $args', async ({ kind, args }) => {
    const mirror = await labMirror({ files, sumdb: database, faults: [{ path: `v1.0.0.${kind}`, tamper: true }] });
    const box = await project({ GOPROXY: mirror.url, GOSUMDB: database.verifier });
    const goMod = await readFile(join(box.work, 'go.mod'), 'utf8');
    // Go alone leaves it, else there is nothing to show here.
    expect((await box.go(['list', '-mod=mod', '-deps', '.'])).exitCode).toBe(1);
    expect(await sumIn(box)).toContain('made.test/a v1.0.0');
    await writeFile(join(box.work, 'go.sum'), '');
    await chmod(join(box.work, 'go.sum'), 0o640);
    const ended = await box.run(['run', ...args, '--', 'go', 'list', '-mod=mod', '-deps', '.']);
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('SECURITY ERROR');
    expect(ended.stderr).toContain('as before the command again:');
    expect(ended.stderr).not.toContain('attempt 2');
    expect(await sumIn(box)).toBe('');
    expect((await stat(join(box.work, 'go.sum'))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(box.work, 'go.mod'), 'utf8')).toBe(goMod);
  });

  it('is all that is put back: what a failed command wrote otherwise stays', async () => {
    const mirror = await labMirror({ files, sumdb: database });
    const box = await project({ GOPROXY: mirror.url, GOSUMDB: database.verifier });
    const ended = await box.run(['run', '--', 'sh', '-c', 'go list -mod=mod -deps .; exit 1']);
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).not.toContain('as before');
    expect(await sumIn(box)).toBe(sums);
  });
});

describe('in CI', () => {
  it('folds the attempts and marks what was healed, as GitHub reads it', async () => {
    const mirror = await labMirror({ files, faults: [{ path: '.zip', status: 502, times: 6 }] });
    const box = await project({ GOPROXY: mirror.url, GITHUB_ACTIONS: 'true' });
    await writeFile(join(box.work, 'go.sum'), sums);
    const { stderr } = await box.run(['run', '--retry', '1', '--', 'go', 'list', '-deps', '.']);
    const lines = stderr.split('\n');
    expect(lines[0]).toBe('::group::go-mirror: attempt 1 of 2: go list -deps .');
    const marks = lines.filter(line => line.startsWith('::')).map(line => line.replace(/:.*?::/, '::').slice(0, 40));
    expect(marks).toEqual([
      '::go-mirror: attempt 1 of 2: go list -de',
      '::',
      expect.stringContaining('the pull failed (mirror-server'),
      '::go-mirror: attempt 2 of 2: go list -de',
      '::',
      expect.stringMatching(/1 modules/),
    ]);
    expect(lines.find(line => line.startsWith('::warning'))).toContain('::warning title=go-mirror::the pull failed');
  });

  it('folds as GitLab reads it', async () => {
    const box = await sandbox({ env: { GOPROXY: 'http://127.0.0.1:9', GITLAB_CI: 'true' } });
    const { stderr } = await box.run(['run', '--retry', '1', '--', 'sh', '-c', 'echo hi >&2']);
    expect(stderr).toMatch(
      /^\u001b\[0Ksection_start:\d{10}:go_mirror_1\r\u001b\[0Kgo-mirror: attempt 1 of 2: sh -c echo hi >&2\nhi\n\u001b\[0Ksection_end:\d{10}:go_mirror_1\r\u001b\[0K\n$/,
    );
  });

  it('marks a pull that failed', async () => {
    const mirror = await labMirror({ files, faults: [{ path: '.zip', status: 404 }] });
    const box = await project({ GOPROXY: mirror.url, GITHUB_ACTIONS: 'true' });
    const { stderr, exitCode } = await box.run(['pull']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^::error title=go-mirror::the pull failed after .*: mirror-not-found-404-410$/m);
  });

  it('leaves lines as they are elsewhere', async () => {
    expect((await attemptsOf(reset, ['--retry', '1'])).stderr).not.toContain('::');
  });
});
