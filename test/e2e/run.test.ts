import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { cacheOf, type MadeProject, madeProject, writeProject } from '../relay/made-project.ts';

let project: MadeProject;
let mirror: LabMirror;

beforeAll(async () => {
  project = await madeProject(4);
  mirror = await labMirror({ files: project.files });
});

async function machine(): Promise<Sandbox> {
  const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
  await writeProject(box.work, project);
  return box;
}

/** Where the relay was, from what a command printed. */
function relayIn(text: string): { port: number; token: string } {
  const found = text.match(/http:\/\/127\.0\.0\.1:(\d+)\/([0-9a-f]{32})/);
  if (!found) throw new Error(`no relay in ${text}`);
  return { port: Number(found[1]), token: found[2]! };
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

const spooled = async (box: Sandbox): Promise<string[]> => readdir(join(box.home, '.cache/go-mirror/relay'));

describe('run', () => {
  it('gives the command its own streams and exit code, and only other settings', async () => {
    const box = await machine();
    const script = 'read line; echo "got $line"; echo err >&2; exit 7';
    const { stdout, stderr, exitCode } = await box.run(['run', '--', 'sh', '-c', script], { input: 'hello\n' });
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: 'got hello\n', stderr: 'err\n', exitCode: 7 });
  });

  it('lets go fetch through the relay, which is gone afterwards', async () => {
    const box = await machine();
    const { stdout, stderr, exitCode } = await box.run(['run', '--', 'sh', '-c', 'go env GOPROXY && go mod download']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('4 modules');
    expect(await cacheOf(box.moduleCache)).toEqual(project.cache);
    expect(await isOpen(relayIn(stdout).port)).toBe(false);
    expect(await spooled(box)).toEqual([]);
    expect(existsSync(join(box.home, '.config/go/env'))).toBe(false);
  });

  it('answers on no other path than its own', async () => {
    const box = await machine();
    const script =
      'curl -s -o /dev/null -w "%{http_code}" "$(dirname "$GOPROXY")/made.test/m1/@v/v1.0.0.info"; echo; echo $GOPROXY';
    const { stdout } = await box.run(['run', '--', 'sh', '-c', script]);
    expect(stdout.startsWith('404\n')).toBe(true);
  });

  it('is the plain switch with one mirror, and a relay with several', async () => {
    const box = await machine();
    const single = await box.run(['run', '--mirror', 'aliyun', '--', 'go', 'env', 'GOPROXY']);
    expect(single.stdout).toBe('https://mirrors.aliyun.com/goproxy/,direct\n');
    const several = ['run', '--mirror', mirror.url, '--mirror', 'aliyun', '--', 'go', 'env', 'GOPROXY'];
    expect((await box.run(several)).stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32},direct\n$/);
  });

  it('brings what belongs to a mirror of one’s own', async () => {
    const box = await machine();
    await box.run(['add', 'corp', mirror.url, '--private', 'git.corp.test']);
    const { stdout } = await box.run(['run', '--mirror', 'corp', '--', 'go', 'env', 'GOPROXY', 'GOPRIVATE']);
    expect(stdout).toBe(`${mirror.url},direct\ngit.corp.test\n`);
  });

  it('ends with 127 and 126 as a shell does, and with 2 without a command', async () => {
    const box = await machine();
    const missing = await box.run(['run', '--', 'no-such-command']);
    expect(missing.exitCode).toBe(127);
    expect(missing.stderr).toContain('no-such-command: command not found');
    expect((await box.run(['run', '--', '/etc/passwd'])).exitCode).toBe(126);
    expect((await box.run(['run'])).exitCode).toBe(2);
  });

  it.each([
    { command: ['echo', '-v', 'hi'], prints: '-v hi\n' },
    { command: ['echo', '--json', '--lang', 'zh'], prints: '--json --lang zh\n' },
    { command: ['echo', '--mirror', 'aliyun', '--summary', 'no.json'], prints: '--mirror aliyun --summary no.json\n' },
    { command: ['echo', '-h'], prints: '-h\n' },
    { command: ['printf', '%s\\n', '--version'], prints: '--version\n' },
    { command: ['echo', '--', 'hi'], prints: '-- hi\n' },
    { command: ['echo', 'hi'], prints: 'hi\n' },
  ])('leaves its flags to $command behind --', async ({ command, prints }) => {
    const box = await machine();
    const { stdout, exitCode } = await box.run(['run', '--', ...command]);
    expect({ stdout, exitCode }).toEqual({ stdout: prints, exitCode: 0 });
    expect(await readdir(box.work)).not.toContain('no.json');
  });

  it.each([
    { command: ['echo', 'hi'] },
    { command: ['echo', '-v', 'hi'] },
    { command: ['go', 'mod', 'download', '--', '-x'] },
    { command: ['--mirror', 'aliyun', 'go', 'env'] },
  ])('runs nothing of $command without --', async ({ command }) => {
    const box = await machine();
    const { stdout, stderr, exitCode } = await box.run(['run', ...command]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain('go-mirror run [--mirror NAME] -- COMMAND [ARGUMENTS]');
  });

  it('hands signals on, and leaves nothing when the command is killed', async () => {
    const box = await machine();
    const handles = 'trap "echo handled; exit 9" TERM; echo $GOPROXY ready; while :; do sleep 0.05; done';
    const patient = box.start(['run', '--', 'sh', '-c', handles]);
    await patient.shows('ready');
    patient.child.kill('SIGTERM');
    const ended = await patient.ended;
    expect(ended.exitCode).toBe(9);
    expect(ended.stdout).toContain('handled');
    expect(await isOpen(relayIn(ended.stdout).port)).toBe(false);

    const killed = await box.run(['run', '--', 'sh', '-c', 'kill -9 $$']);
    expect(killed.exitCode).toBe(137);
    expect(await spooled(box)).toEqual([]);
  });

  it('ends as the command ends after Ctrl-C', async () => {
    const box = await machine();
    const running = box.start(['run', '--', 'sh', '-c', 'trap "exit 4" INT; echo ready; while :; do sleep 0.05; done']);
    await running.shows('ready');
    running.child.kill('SIGINT');
    expect((await running.ended).exitCode).toBe(4);
  });

  it('removes what a killed run left', async () => {
    const box = await machine();
    const running = box.start(['run', '--', 'sh', '-c', 'echo ready; sleep 2']);
    await running.shows('ready');
    expect(await spooled(box)).toHaveLength(1);
    running.child.kill('SIGKILL');
    await running.ended;
    await box.run(['run', '--', 'true']);
    expect(await spooled(box)).toEqual([]);
  });

  it('writes its object to --summary, with --json too, and leaves stdout to the command', async () => {
    const box = await machine();
    const args = ['run', '--json', '--summary', 'out.json', '--', 'sh', '-c', 'go mod download; exit 3'];
    const { stdout, exitCode } = await box.run(args);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    const summary = JSON.parse(await readFile(join(box.work, 'out.json'), 'utf8'));
    expect(summary).toMatchObject({ schemaVersion: 1, command: 'run', modules: 4, failovers: 0, exitCode: 3 });
    expect(summary.upstreams[0]).toMatchObject({ name: mirror.host, failures: 0 });
  });
});
