import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canEmulate, emulatedNetwork } from './link.ts';
import { copyProject, moduleTree } from './modules.ts';
import { goFolder, sandbox } from './sandbox.ts';
import { sumdbReplica } from './sumdb.ts';

/** Fetches with curl inside the network, and returns its times in milliseconds. */
const format = '%{time_connect} %{time_appconnect} %{time_starttransfer} %{time_total} %{http_version}';

test.runIf(canEmulate())('an emulated network keeps to its figures, and go pulls through it', async () => {
  const tree = await moduleTree();
  const network = await emulatedNetwork(
    [
      { rttMs: 100, megabitsPerSecond: 20, serverMs: 50 },
      { rttMs: 10, megabitsPerSecond: 400, http1: true, basePath: '/goproxy', sumdb: false, names: ['mirror.test'] },
    ],
    { tree, sumdb: (await sumdbReplica()).folder },
  );
  const box = await sandbox();
  const ca = network.ca.writeTo(box.work);
  const times = async (url: string): Promise<number[]> => {
    const { stdout } = await box.exec(
      ...network.inside('curl', ['-s', '--cacert', ca, '-o', '/dev/null', '-w', format, url]),
    );
    return stdout.split(' ').map(Number);
  };
  const info = '/rsc.io/quote/@v/v1.5.2.info';
  const [connect = 0, tls = 0, firstByte = 0, , version] = await times(network.urls[0] + info);
  expect(connect).toBeGreaterThanOrEqual(0.1);
  expect(tls - connect).toBeGreaterThanOrEqual(0.1);
  expect(firstByte - tls).toBeGreaterThanOrEqual(0.15);
  expect(version).toBe(2);

  const zip = '/golang.org/x/text/@v/v0.42.0.zip'; // 7.3 MB
  const [, , begun = 0, total = 0] = await times(network.urls[0] + zip);
  expect(total - begun).toBeGreaterThanOrEqual((7.3 * 8) / 20);

  await copyProject(join(box.work, 'p'));
  const env = { GOPROXY: network.urls[1], SSL_CERT_FILE: ca, GOSUMDB: 'off' };
  const go = network.inside(join(goFolder, 'go'), ['mod', 'download', 'rsc.io/quote@v1.5.2']);
  const { stderr, exitCode } = await box.exec(...go, { env });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(await network.statistics()).toMatchObject([{ requests: 2 }, { failures: 0 }]);

  const status = async (path: string): Promise<string> => {
    const named = ['--resolve', `mirror.test:443:${network.addresses[1]}`, '--cacert', ca];
    const curl = ['-s', ...named, '-o', '/dev/null', '-w', '%{http_code}', `https://mirror.test${path}`];
    return (await box.exec(...network.inside('curl', curl))).stdout;
  };
  expect(await status(`/goproxy${info}`)).toBe('200');
  expect(await status(info)).toBe('404');
  expect(await status('/goproxy/sumdb/sum.golang.org/latest')).toBe('404');
});
