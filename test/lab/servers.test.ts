import { describe, expect, test } from 'vitest';
import { type Sandbox, sandbox } from './sandbox.ts';
import { type RealServer, realAthens, realGoproxy } from './servers.ts';

describe.each<[string, (box: Sandbox) => Promise<RealServer>]>([
  ['goproxy', realGoproxy],
  ['Athens', realAthens],
])('%s on loopback', (name, start) => {
  test('serves go from the tree behind it, and is not accused', async () => {
    const box = await sandbox();
    const { url, asked } = await start(box);
    const env = { GOPROXY: url, ...(name === 'Athens' ? { GOSUMDB: 'off' } : {}) };
    const go = await box.go(['mod', 'download', 'rsc.io/quote@v1.5.2'], { env });
    expect([go.exitCode, go.stderr]).toEqual([0, '']);
    expect(asked().some(path => path.endsWith('rsc.io/quote/@v/v1.5.2.zip'))).toBe(true);

    const { stdout } = await box.run(['test', '--json', url], { env });
    const { mirrors } = JSON.parse(stdout) as { mirrors: { url: string; status: string; cause: string | null }[] };
    expect(mirrors.find(mirror => mirror.url === url)).toMatchObject({ content: { verified: true } });
    expect(mirrors.find(mirror => mirror.url === url)?.status).not.toBe('fail');
  });
});
