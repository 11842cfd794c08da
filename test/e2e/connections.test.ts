import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateAuthority } from '../lab/certificates.ts';
import type { Fault } from '../lab/fault.ts';
import { labMirror, type MirrorOptions } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';
import { cacheOf, type MadeProject, madeProject, writeProject } from '../relay/made-project.ts';

const ca = certificateAuthority();
const tls = ca.leaf();
let project: MadeProject;

beforeAll(async () => {
  project = await madeProject(20);
});

/** What is wrong with connections, and not with paths. */
const passing: [string, MirrorOptions][] = [
  ['the first connection dies after some bytes', { connectionFaults: [{ to: 1, does: 'reset', afterBytes: 20_000 }] }],
  ['the first connection ends in the middle', { connectionFaults: [{ to: 1, does: 'end', afterBytes: 20_000 }] }],
  ['the first connection goes silent', { connectionFaults: [{ to: 1, does: 'stall', afterBytes: 20_000 }] }],
  ['the first connection is reset at once', { connectionFaults: [{ to: 1, does: 'reset' }] }],
  ['two connections are let in and nobody after them', { connectionFaults: [{ from: 3, does: 'refuse' }] }],
];
const streams: [string, MirrorOptions][] = [
  ['every third stream is reset in the middle', { faults: every(3, { resetStream: 'body' }) }],
  ['every third stream is reset as if it were cancelled', { faults: every(3, { resetStream: 'body', resetCode: 8 }) }],
  ['every third stream is reset before its answer', { faults: every(3, { resetStream: 'before' }) }],
  ['every fourth is not looked at', { faults: every(4, { resetStream: 'before', resetCode: 7 }) }],
  ['each connection is left after five answers', { faults: every(5, { goaway: 'after' }) }],
  ['each connection is left after two answers', { faults: every(2, { goaway: 'after' }) }],
];

/** Something that happens to every nth request. */
function every(nth: number, fault: Fault): Fault[] {
  let count = 0;
  return [{ ...fault, path: () => ++count % nth === 0 }];
}

describe('pull from one mirror whose connections fail ends as an undisturbed one', () => {
  async function pulled(options: MirrorOptions): Promise<{ box: Sandbox; exitCode: number | null; said: string }> {
    const mirror = await labMirror({ files: project.files, tls, unsized: true, ...options });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
    await writeProject(box.work, project);
    const { exitCode, stdout, stderr } = await box.run(['pull', '--json'], {
      env: { SSL_CERT_FILE: ca.writeTo(box.root) },
      timeoutMs: 60_000,
    });
    await mirror.close();
    return { box, exitCode, said: stdout + stderr };
  }

  test.each([
    ...passing.flatMap(([name, options]) => [
      [`${name}, HTTP/2`, options] as const,
      [`${name}, HTTP/1.1`, { ...options, http1: true }] as const,
    ]),
    ...streams,
  ])('%s', async (_, options) => {
    const { box, exitCode, said } = await pulled(options);
    expect(exitCode, said).toBe(0);
    expect(await cacheOf(box.moduleCache)).toEqual(project.cache);
    expect(await readFile(join(box.work, 'go.sum'), 'utf8')).toBe(project.goSum);
  });

  test('and one that refuses from the third connection on, after the first two died, says what it is', async () => {
    const { exitCode, said } = await pulled({
      connectionFaults: [
        { to: 2, does: 'reset', afterBytes: 3000 },
        { from: 3, does: 'refuse' },
      ],
    });
    expect(exitCode).toBe(1);
    expect(said).toMatch(/"cause": "(?:connection-refused|connection-reset|truncated-download)"/);
  });
});

describe('a mirror that is silent gets few connections, however many files are wanted', { concurrent: true }, () => {
  test.each([
    ['HTTP/2', 'requests', { faults: [{ stall: 'before' }] }],
    ['HTTP/2', 'connections', { connectionFaults: [{ does: 'stall' }] }],
    ['HTTP/1.1', 'requests', { faults: [{ stall: 'before' }], http1: true }],
    ['HTTP/1.1', 'connections', { connectionFaults: [{ does: 'stall' }], http1: true }],
  ] satisfies [string, string, MirrorOptions][])('%s, silent %s', async (_, __, options) => {
    const mirror = await labMirror({ files: project.files, tls, ...options });
    const box = await sandbox({ env: { GOPROXY: mirror.url, GOSUMDB: 'off', GOFLAGS: '-modcacherw' } });
    await writeProject(box.work, project);
    const { exitCode, stdout } = await box.run(['pull', '--json'], { env: { SSL_CERT_FILE: ca.writeTo(box.root) } });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ cause: 'stalled' });
    // Over HTTP/1.1 a request that is given up takes its connection with it.
    expect(mirror.connections.total).toBeLessThanOrEqual(60);
    expect(mirror.connections.mostOpen).toBeLessThanOrEqual(12);
  });
});

describe('test names what happens to a connection', () => {
  let box: Sandbox;
  let served: MirrorOptions;

  beforeAll(async () => {
    box = await sandbox({ env: { GOPROXY: 'off' } });
    box.env.SSL_CERT_FILE = ca.writeTo(box.root);
    served = { tree: await moduleTree(), sumdb: await sumdbReplica(), tls };
  });

  test.each<[string, MirrorOptions, string | null]>([
    ['reset at once', { connectionFaults: [{ does: 'reset' }] }, 'connection-reset'],
    ['ended at once', { connectionFaults: [{ does: 'end' }] }, 'connection-reset'],
    ['silent at once', { connectionFaults: [{ does: 'stall' }] }, 'tls-handshake-timeout'],
    ['refused', { connectionFaults: [{ does: 'refuse' }] }, 'connection-refused'],
    ['silent after the handshake', { connectionFaults: [{ does: 'stall', afterBytes: 1500 }] }, 'stalled'],
    ['streams reset before the answer', { faults: [{ resetStream: 'before', path: /\.info$/ }] }, 'connection-reset'],
    ['streams reset in the middle', { faults: [{ resetStream: 'body', path: '.zip' }] }, 'truncated-download'],
    [
      'cancelled in the middle',
      { faults: [{ resetStream: 'body', resetCode: 8, path: '.mod' }] },
      'truncated-download',
    ],
    ['reset without an error', { faults: [{ resetStream: 'body', resetCode: 0, path: '.mod' }] }, 'truncated-download'],
    ['a stream that was not looked at', { faults: [{ resetStream: 'before', resetCode: 7, times: 1 }] }, null],
    ['a connection that is left in peace', { faults: [{ goaway: 'after', times: 2 }] }, null],
  ])('%s', async (_, options, cause) => {
    const mirror = await labMirror({ ...served, unsized: true, ...options });
    const { stdout, stderr } = await box.run(['test', mirror.url, '--json', '--timeout', '5']);
    const [probe] = JSON.parse(stdout).mirrors;
    expect([probe.status, probe.cause], stderr).toEqual([cause ? 'fail' : 'ok', cause]);
    await mirror.close();
  });
});
