import { expect, test } from 'vitest';
import { canEmulate, emulatedNetwork } from '../lab/link.ts';
import { copyProject, moduleTree } from '../lab/modules.ts';
import { command, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

// Short version of `npm run bench prediction`.
test.runIf(canEmulate())(
  'mirrors at the end of real lines are ranked by what a pull will take, within the manners',
  async () => {
    const network = await emulatedNetwork(
      [
        { rttMs: 80, megabitsPerSecond: 100, serverMs: 60 }, // fast, but each request waits
        { rttMs: 20, megabitsPerSecond: 40 },
        { rttMs: 5, megabitsPerSecond: 3 }, // answers at once, and then drips
      ],
      { tree: await moduleTree(), sumdb: (await sumdbReplica()).folder },
    );
    const box = await sandbox();
    await copyProject(box.work);
    const env = { GOPROXY: network.urls[0], SSL_CERT_FILE: network.ca.writeTo(box.root), GOMAXPROCS: '2' };
    const args = [command, 'test', '--json', '--timeout', '60', ...network.urls];
    const { stdout, exitCode } = await box.exec(...network.inside(process.execPath, args), { env });
    expect(exitCode).toBe(0);

    const { mirrors } = JSON.parse(stdout) as {
      mirrors: { url: string; status: string; score: number; estimatedPullMs: number }[];
    };
    const [distant, near, slow] = network.urls.map(url => mirrors.find(mirror => mirror.url === url)!);
    expect([distant?.status, near?.status, slow?.status]).toEqual(['ok', 'ok', 'ok']);
    expect(near?.score).toBe(100);
    // 106 modules, 44 MB: 35 s of waiting, 117 s of dripping.
    expect(distant!.estimatedPullMs).toBeGreaterThan(25_000);
    expect(slow!.estimatedPullMs).toBeGreaterThan(distant!.estimatedPullMs);
    for (const { requests, bytes } of await network.statistics()) {
      expect(requests).toBeLessThanOrEqual(20);
      expect(bytes).toBeLessThanOrEqual(2_000_000);
    }
  },
);
