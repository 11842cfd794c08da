import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { labMirror } from '../lab/mirror.ts';
import { sandbox } from '../lab/sandbox.ts';

const box = await sandbox();
const timeout = (url: string): string =>
  `go: rsc.io/quote@v1.5.2: Get "${url}/rsc.io/quote/@v/v1.5.2.info": dial tcp: i/o timeout\n`;

async function explain(output: string): Promise<Record<string, unknown>> {
  const { stdout } = await box.run(['explain', '--probe', '--json'], { input: output });
  return JSON.parse(stdout);
}

/** A port of loopback on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

describe('explain --probe', () => {
  it('names what is at fault from here', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    expect(await explain(timeout(url))).toMatchObject({
      cause: 'connection-refused',
      probe: { ok: false, cause: 'connection-refused', url: expect.stringContaining(url) },
    });
  });

  it('says so where the address answers by now, and leaves the cause as the log has it', async () => {
    const mirror = await labMirror({ files: { '/rsc.io/quote/@v/v1.5.2.info': '{"Version":"v1.5.2"}' } });
    expect(await explain(timeout(mirror.url))).toMatchObject({
      cause: 'connect-timeout',
      probe: { ok: true, status: 200, cause: null },
    });
    expect(mirror.requests.map(request => request.path)).toEqual(['/rsc.io/quote/@v/v1.5.2.info']);
  });

  it('leaves the checksum database the place of the fault', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const output = `go: rsc.io/quote@v1.5.2: verifying go.mod: rsc.io/quote@v1.5.2/go.mod: Get "${url}/lookup/rsc.io/quote@v1.5.2": dial tcp: i/o timeout\n`;
    expect(await explain(output)).toMatchObject({ cause: 'sumdb-unreachable', probe: { cause: 'connection-refused' } });
  });
});
