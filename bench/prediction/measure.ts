import { join } from 'node:path';
import type { EmulatedNetwork } from '../../test/lab/link.ts';
import { copyProject } from '../../test/lab/modules.ts';
import { command, goFolder, type Sandbox, sandbox } from '../../test/lab/sandbox.ts';

/** What is known of one mirror: each time in milliseconds. */
export interface Measured {
  realMs: number;
  predictedMs: number;
  uncertaintyMs: number;
  /** As nrm ranks: one GET on a new connection. */
  latencyMs: number;
  /** As chsrc ranks: how long a megabyte takes by the speed of one file's download, cut off after 8 s. */
  msPerMegabyte: number;
  /** What the command asked of the mirror. */
  probeRequests: number;
  probeBytes: number;
}

/** A machine inside the network with the project in its working folder. */
async function client(network: EmulatedNetwork, mirror: number): Promise<Sandbox> {
  const box = await sandbox({ env: { GOPROXY: network.urls[mirror], GOMAXPROCS: '2' } });
  box.env.SSL_CERT_FILE = network.ca.writeTo(box.root);
  await copyProject(box.work);
  return box;
}

/** A real `go mod download` on a fresh module cache. */
export async function pull(network: EmulatedNetwork, mirror: number): Promise<number> {
  const box = await client(network, mirror);
  const go = network.inside(join(goFolder, 'go'), ['mod', 'download']);
  const { exitCode, stderr, durationMs } = await box.exec(...go, { timeoutMs: 3_600_000 });
  await box.remove();
  if (exitCode !== 0) throw new Error(`go mod download from ${network.urls[mirror]} failed:\n${stderr}`);
  return durationMs;
}

/** The built command's estimate, and what the peers would have measured. */
export async function probe(network: EmulatedNetwork, mirror: number): Promise<Omit<Measured, 'realMs'>> {
  const box = await client(network, mirror);
  const url = network.urls[mirror]!;
  const before = (await network.statistics())[mirror]!;
  const test = network.inside(process.execPath, [command, 'test', '--json', '--timeout', '30', url]);
  const { stdout, stderr } = await box.exec(...test);
  const after = (await network.statistics())[mirror]!;
  const report = JSON.parse(stdout || '{}') as {
    mirrors?: { url: string; estimatedPullMs: number | null; uncertaintyMs: number | null }[];
  };
  const found = report.mirrors?.find(entry => entry.url === url);
  if (typeof found?.estimatedPullMs !== 'number') throw new Error(`No estimate for ${url}:\n${stdout}${stderr}`);

  const curl = async (path: string, format: string): Promise<number> => {
    const ended = await box.exec(
      ...network.inside('curl', [
        '-sS',
        '--cacert',
        box.env.SSL_CERT_FILE!,
        '-m',
        '8',
        '-o',
        '/dev/null',
        '-w',
        format,
        url + path,
      ]),
    );
    return Number(ended.stdout);
  };
  const latency = await curl('/rsc.io/quote/@v/v1.5.2.info', '%{time_total}');
  const bytesPerSecond = await curl('/golang.org/x/text/@v/v0.42.0.zip', '%{speed_download}');
  await box.remove();
  return {
    predictedMs: found.estimatedPullMs,
    uncertaintyMs: found.uncertaintyMs ?? Number.NaN,
    latencyMs: latency * 1000,
    msPerMegabyte: 1e9 / bytesPerSecond,
    probeRequests: after.requests - before.requests,
    probeBytes: after.bytes - before.bytes,
  };
}
