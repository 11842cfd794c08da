import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicMirrors } from '../lab/catalogue.ts';
import { certificateAuthority } from '../lab/certificates.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { moduleTree } from '../lab/modules.ts';
import { labProxy } from '../lab/proxy.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { sumdbReplica } from '../lab/sumdb.ts';

const ca = certificateAuthority();
const tls = ca.leaf({ names: ['mirror.test', '0.0.0.0', '127.0.0.1'] });
const credentials = { user: 'dev', password: 's3cret-pass' };
const basic = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
let open: LabMirror;
let closed: LabMirror;

beforeAll(async () => {
  const [tree, sumdb] = [await moduleTree(), await sumdbReplica()];
  open = await labMirror({ tree, sumdb, tls, address: '0.0.0.0' });
  closed = await labMirror({ tree, sumdb, tls, credentials });
});

/** A machine on which GOPROXY is a URL, and a project that needs one module. */
async function machine(url: string, env: Record<string, string> = {}): Promise<Sandbox> {
  const box = await sandbox({ env: { GOPROXY: url, GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local', ...env } });
  box.env.SSL_CERT_FILE = ca.writeTo(box.root);
  await mkdir(box.work, { recursive: true });
  await writeFile(join(box.work, 'go.mod'), 'module example.test/app\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n');
  return box;
}

/** Each way to ask a mirror: what must come of it, where the same settings let go download. */
const commands: Record<string, (box: Sandbox, url: string) => Promise<void>> = {
  async pull(box) {
    const { exitCode, stdout, stderr } = await box.run(['pull', 'rsc.io/quote@v1.5.2', '--json']);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ modules: 1 });
  },
  async run(box) {
    const { exitCode, stderr } = await box.run(['run', '--', 'go', 'mod', 'download', 'rsc.io/quote@v1.5.2']);
    expect(exitCode, stderr).toBe(0);
  },
  async probe(box, url) {
    const { exitCode, stdout, stderr } = await box.run(['probe', `${url}/rsc.io/quote/@v/v1.5.2.info`, '--json']);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout).http).toMatchObject({ status: 200 });
  },
  async test(box, url) {
    const { exitCode, stdout, stderr } = await box.run(['test', url, '--json']);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout).mirrors[0]).toMatchObject({ status: 'ok', content: { verified: true } });
  },
  async doctor(box, url) {
    const catalogue = await publicMirrors(box.root, [url]);
    const { exitCode, stdout, stderr } = await box.run(['doctor', '--json', '--timeout', '20', ...catalogue]);
    expect(exitCode, stdout + stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.summary.fail, stdout).toBe(0);
    expect(report.mirrors.find((mirror: { url: string }) => mirror.url === url)).toMatchObject({ status: 'ok' });
  },
};

describe.each(Object.keys(commands))('%s', { timeout: 120_000 }, name => {
  const command = commands[name]!;
  const loggedIn = (): number => closed.requests.filter(({ headers }) => headers.authorization === basic).length;

  test('logs in by netrc', async () => {
    const box = await machine(closed.url);
    await writeFile(join(box.home, '.netrc'), `machine ${closed.host} login dev password s3cret-pass\n`);
    const before = loggedIn();
    await command(box, closed.url);
    expect(loggedIn()).toBeGreaterThan(before);
  });

  test('logs in by a command of GOAUTH, which is told of the refusal', async () => {
    const box = await machine(closed.url);
    const helper = join(box.root, 'helper');
    const said = join(box.root, 'said');
    const answer = `printf 'https://${closed.host}\\n\\nAuthorization: ${basic}\\n\\n'`;
    await writeFile(
      helper,
      `#!/bin/sh\nif [ $# -gt 0 ]; then echo "$1 $(head -1 | tr -d '\\r')" >> ${said}; ${answer}; fi\n`,
    );
    await chmod(helper, 0o755);
    box.env.GOAUTH = helper;
    await command(box, closed.url);
    const { stdout } = await box.exec('cat', [said]);
    // Several may be asked at a time: what each is told stands in one line.
    const [first = ''] = stdout.split('\n');
    expect(first.startsWith(`${closed.url}/`)).toBe(true);
    expect(first).toMatch(/ HTTP\/\d\.\d 401 Unauthorized$/);
  });

  test('asks through SOCKS5', async () => {
    const proxy = await labProxy({ kind: 'socks5', login: 'me:pw', to: { 'mirror.test': open.port } });
    await command(await machine('https://mirror.test', { HTTPS_PROXY: proxy.url }), 'https://mirror.test');
    expect(new Set(proxy.seen)).toContain('SOCKS mirror.test:443');
  });

  test('goes past the proxy where NO_PROXY says so', async () => {
    const proxy = await labProxy({ kind: 'http', to: {} });
    const url = `https://0.0.0.0:${open.port}`;
    await command(await machine(url, { HTTPS_PROXY: proxy.url, NO_PROXY: 'corp.test, 0.0.0.0/8' }), url);
    expect(proxy.seen.filter(line => line.includes('0.0.0.0'))).toEqual([]);
  });
});
