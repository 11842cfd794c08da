import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateAuthority } from '../lab/certificates.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { labProxy, type ProxyOptions } from '../lab/proxy.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { closedPort } from '../lab/sockets.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

const ca = certificateAuthority();
const name = 'mirror.test';
let secure: LabMirror;
let old: LabMirror;
let plain: LabMirror;
let box: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  const [tree, sumdb] = [await moduleTree(), await sumdbReplica()];
  const tls = ca.leaf({ names: [name] });
  secure = await labMirror({ tree, sumdb, tls });
  old = await labMirror({ tree, sumdb, tls, http1: true });
  plain = await labMirror({ tree, sumdb });
  box = await sandbox();
  env = { SSL_CERT_FILE: ca.writeTo(box.root), GOFLAGS: '-modcacherw', GOSUMDB: 'sum.golang.org' };
});

const kinds: [string, Omit<ProxyOptions, 'to'>][] = [
  ['HTTP', { kind: 'http' }],
  ['HTTP with a login', { kind: 'http', login: 'dev:p%40ss%2Fword' }],
  ['HTTPS', { kind: 'https', tls: ca.leaf({ names: ['127.0.0.1'] }) }],
  ['SOCKS5', { kind: 'socks5' }],
  ['SOCKS5 with a login', { kind: 'socks5', login: 'dev:p%40ss%2Fword' }],
];
const targets = [
  ['https, HTTP/2', 'https', () => secure],
  ['https, HTTP/1.1', 'https', () => old],
  ['http', 'http', () => plain],
] as const;

describe.each(kinds)('through a proxy that speaks %s', (_, options) => {
  test.each(targets)('a mirror over %s: test, probe and pull, as go itself', async (_name, scheme, mirror) => {
    const { port } = mirror();
    const asked = `${scheme}://${name}`;
    const way = async () => {
      const proxy = await labProxy({ ...options, to: { [name]: port } });
      const settings = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url };
      return { proxy, env: { ...env, ...settings, GOPROXY: asked } };
    };
    const kindOf = ({ seen }: { seen: string[] }): string[] => [...new Set(seen.map(line => line.split(' ')[0]!))];

    const byGo = await way();
    const modules = (folder: string) => ({ GOMODCACHE: join(box.root, folder) });
    const download = ['mod', 'download', 'rsc.io/quote@v1.5.2'];
    const gone = await box.go(download, { env: { ...byGo.env, ...modules(`go-${byGo.proxy.host}`) } });
    expect(gone.exitCode, gone.stderr).toBe(0);
    const expected = kindOf(byGo.proxy);
    expect(expected).toHaveLength(1);

    const tested = await way();
    const test = await box.run(['test', asked, '--json'], { env: tested.env });
    expect(test.exitCode, test.stdout + test.stderr).toBe(0);
    expect(JSON.parse(test.stdout).mirrors[0]).toMatchObject({
      status: 'ok',
      content: { verified: true },
      checksumDatabase: { verified: true },
    });
    expect(kindOf(tested.proxy).filter(kind => kind !== 'HEAD')).toEqual(expected);

    const probed = await way();
    const probe = await box.run(['probe', `${asked}/rsc.io/quote/@v/v1.5.2.info`, '--json'], { env: probed.env });
    expect(probe.exitCode, probe.stdout + probe.stderr).toBe(0);
    const { stages, proxy, http } = JSON.parse(probe.stdout);
    expect(http).toMatchObject({ status: 200, protocol: mirror() === secure ? 'HTTP/2.0' : 'HTTP/1.1' });
    expect(stages.map(({ stage, ok }: { stage: string; ok: boolean }) => [stage, ok])).toEqual(
      ['dns', 'tcp', ...(scheme === 'https' ? ['tls'] : []), 'http'].map(stage => [stage, true]),
    );
    expect(proxy).toMatchObject({ variable: scheme === 'https' ? 'HTTPS_PROXY' : 'HTTP_PROXY' });
    expect(probe.stdout).not.toContain('p%40ss');

    const pulled = await way();
    const pull = await box.run(['pull', 'rsc.io/quote@v1.5.2', '--json'], {
      env: { ...pulled.env, ...modules(`pull-${pulled.proxy.host}`) },
    });
    expect(pull.exitCode, pull.stdout + pull.stderr).toBe(0);
    expect(JSON.parse(pull.stdout)).toMatchObject({ modules: 1, exitCode: 0 });
    expect(kindOf(pulled.proxy)).toEqual(expected);
  });

  test('whom it does not reach, or does not know: the proxy is at fault', async () => {
    const proxy = await labProxy({ ...options, to: {} });
    const settings = { ...env, HTTPS_PROXY: proxy.url };
    const { stdout, exitCode } = await box.run(['test', `https://${name}`, '--json'], { env: settings });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).mirrors[0]).toMatchObject({ cause: 'http-proxy-misconfigured', target: proxy.host });
    if (!options.login) return;
    const wrong = settings.HTTPS_PROXY.replace('dev:', 'dev:x');
    const refused = await box.run(['test', `https://${name}`, '--json'], { env: { ...settings, HTTPS_PROXY: wrong } });
    expect(JSON.parse(refused.stdout).mirrors[0]).toMatchObject({
      cause: 'http-proxy-misconfigured',
      target: proxy.host,
    });
  });
});

describe('odd values of the proxy variables', () => {
  // 0.0.0.0 is this machine and, for go, no loopback address: no name is looked up and nothing leaves.
  test.each([
    ['http://127.0.0.1:99999', 'http-proxy-misconfigured'],
    ['ftp://127.0.0.1:1', 'http-proxy-misconfigured'],
    ['http://us%ff:%00@127.0.0.1:1', 'http-proxy-misconfigured'],
    ['socks5://us%ff:%00@127.0.0.1:1', 'http-proxy-misconfigured'],
    [':', 'http-proxy-misconfigured'],
    ['http://user:%zz@127.0.0.1:1', null],
    [' http://127.0.0.1:1', null],
  ])('HTTPS_PROXY=%j', async (HTTPS_PROXY, cause) => {
    const odd = { ...env, HTTPS_PROXY, GOPROXY: 'off' };
    const { stdout, stderr, exitCode } = await box.run(['test', `https://0.0.0.0:${await closedPort()}`, '--json'], {
      env: odd,
    });
    expect(exitCode, stderr).toBe(1);
    // A value that go refuses is ignored: then it is the mirror itself that refuses.
    expect(JSON.parse(stdout).mirrors[0]).toMatchObject({ status: 'fail', cause: cause ?? 'connection-refused' });
  });
});
