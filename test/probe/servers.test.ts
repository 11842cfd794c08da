import { beforeAll, expect, test } from 'vitest';
import type { MirrorProbe } from '../../src/probe/result.ts';
import { copyProject } from '../lab/modules.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { type RealServer, realAthens, realGoproxy } from '../lab/servers.ts';

let box: Sandbox;
let goproxy: RealServer;
let athens: RealServer;

beforeAll(async () => {
  box = await sandbox({ env: { GOPROXY: 'off' } });
  [goproxy, athens] = await Promise.all([realGoproxy(box), realAthens(box)]);
});

async function tested(...args: string[]): Promise<MirrorProbe[]> {
  const { stdout, exitCode, stderr } = await box.run(['test', '--json', '--timeout', '60', ...args]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return (JSON.parse(stdout) as { mirrors: MirrorProbe[] }).mirrors;
}

/** Athens fetches each module with the go command when it is first asked for it. */
const patience = 240_000;

test(
  'a real goproxy and a real Athens are right, outside a project',
  async () => {
    const [first, second] = await tested(goproxy.url, athens.url);
    expect(first).toMatchObject({
      status: 'ok',
      cause: null,
      content: { verified: true },
      checksumDatabase: { supported: true, verified: true },
    });
    expect(second).toMatchObject({ status: 'ok', cause: null, content: { verified: true } });
    expect(second!.checksumDatabase).toMatchObject({ supported: false, cause: null });
    for (const mirror of [first!, second!]) expect(mirror.requests.length).toBeLessThanOrEqual(20);
  },
  patience,
);

test(
  'and in a project, by its own modules',
  async () => {
    await copyProject(box.work);
    for (const mirror of await tested(goproxy.url, athens.url)) {
      expect(mirror).toMatchObject({ status: 'ok', cause: null, content: { verified: true } });
      expect(mirror.requests.length).toBeLessThanOrEqual(20);
      expect(mirror.estimatedPullMs).toBeGreaterThan(0);
    }
  },
  patience,
);
