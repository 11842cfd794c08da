import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateAuthority } from '../lab/certificates.ts';
import { onCleanup } from '../lab/cleanup.ts';
import { labMirror } from '../lab/mirror.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { closedPort, silentServer } from '../lab/sockets.ts';

interface Report {
  schemaVersion: number;
  command: string;
  url: string;
  ok: boolean;
  cause: string | null;
  stages: { stage: string; ok: boolean; durationMs: number; detail: string }[];
  http: { status: number; protocol: string; headers: Record<string, string> } | null;
  service: { kind: string; wantsLogin: string | null };
  tls: { issuer: string; expires: string } | null;
  redirects: { status: number; url: string }[];
}

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox({ env: { GOPROXY: 'off' } });
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function probed(url: string, env: Record<string, string> = {}): Promise<Report & { exitCode: number | null }> {
  const { stdout, stderr, exitCode } = await box.run(['probe', url, '--json', '--timeout', '5'], { env });
  expect(stderr).toBe('');
  return { ...(JSON.parse(stdout) as Report), exitCode };
}

const answering =
  (status: number, headers: Record<string, string>, body = ''): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

describe('what answers, and whether it serves', () => {
  test.each<[string, RequestListener, string, string | null]>([
    [
      '/simple/',
      answering(200, { 'content-type': 'text/html' }, '<title>Simple index</title><a href="x/">x</a>'),
      'pip-index',
      null,
    ],
    ['/', answering(200, { 'content-type': 'application/json' }, '{"db_name":"registry"}'), 'npm-registry', null],
    ['/maven2/', answering(200, { 'content-type': 'text/html' }, '<html>Index of</html>'), 'maven-repository', null],
    ['/', answering(200, { server: 'Nexus/3.68.1-02 (OSS)' }, 'x'), 'nexus', null],
    ['/v2/', answering(200, { 'docker-distribution-api-version': 'registry/2.0' }, '{}'), 'docker-registry', null],
    ['/v2/', answering(401, { 'www-authenticate': 'Bearer realm="https://auth.test/token"' }), 'docker-registry', null],
    [
      '/v2/',
      answering(401, { 'www-authenticate': 'Bearer realm="https://h.test/service/token",service="harbor-registry"' }),
      'harbor',
      null,
    ],
    ['/v2/', answering(503, {}), 'docker-registry', 'mirror-server-error-5xx'],
    [
      '/repository/go/',
      answering(401, { 'www-authenticate': 'BASIC realm="Sonatype Nexus"', server: 'Nexus/3' }),
      'nexus',
      'mirror-forbidden-403',
    ],
    ['/rsc.io/quote/@v/list', answering(200, { 'content-type': 'text/plain' }, 'v1.0.0\n'), 'go-module-proxy', null],
    ['/', answering(404, {}), 'unknown', 'mirror-not-found-404-410'],
  ])('%s', async (path, listener, kind, cause) => {
    const report = await probed((await serve(listener)) + path);
    expect(report).toMatchObject({ schemaVersion: 1, command: 'probe', ok: cause === null, cause, service: { kind } });
    expect(report.stages.map(({ stage }) => stage)).toEqual(['dns', 'tcp', 'http']);
    expect(report.exitCode).toBe(cause === null ? 0 : 1);
  });

  test('headers that show a cache are there; cookies are not', async () => {
    const url = await serve(
      answering(200, { via: '1.1 edge', age: '42', 'x-cache': 'HIT', 'set-cookie': 'session=secret' }),
    );
    const report = await probed(url);
    expect(report.http).toMatchObject({
      status: 200,
      protocol: 'HTTP/1.1',
      headers: { via: '1.1 edge', age: '42', 'x-cache': 'HIT' },
    });
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  test('a gateway that sends to its login page is no answer of the server', async () => {
    const login = await serve(answering(200, { 'content-type': 'text/html' }, '<input type="password" name="p">'));
    const report = await probed(await serve(answering(302, { location: `${login}/login` })));
    expect(report).toMatchObject({ ok: false, cause: 'captive-or-html-response', exitCode: 1 });
    expect(report.redirects).toHaveLength(1);
  });
});

describe('the stage that fails is named, with its cause', () => {
  test('nothing listens', async () => {
    const port = await closedPort();
    const report = await probed(`https://127.0.0.1:${port}/`);
    expect(report).toMatchObject({ ok: false, cause: 'connection-refused', http: null, exitCode: 1 });
    expect(report.stages.at(-1)).toMatchObject({ stage: 'tcp', ok: false });
  });

  test('no such host', async () => {
    const report = await probed('https://nosuchhost.invalid/');
    expect(report).toMatchObject({ ok: false, cause: 'dns-failure', exitCode: 1 });
    expect(report.stages).toMatchObject([{ stage: 'dns', ok: false }]);
  });

  test('a certificate of an authority that is not trusted: who issued it is said', async () => {
    const ca = certificateAuthority();
    const { url } = await labMirror({ files: { '/a': 'x' }, tls: ca.leaf() });
    const report = await probed(`${url}/a`);
    expect(report).toMatchObject({ cause: 'tls-unknown-authority', tls: { issuer: 'go-mirror lab CA' } });
    const trusted = await probed(`${url}/x/@v/list`, { SSL_CERT_FILE: ca.writeTo(box.root) });
    expect(trusted).toMatchObject({ cause: 'mirror-not-found-404-410', http: { protocol: 'HTTP/2.0' } });
    expect(trusted.stages.map(({ stage, ok }) => [stage, ok])).toEqual([
      ['dns', true],
      ['tcp', true],
      ['tls', true],
      ['http', false],
    ]);
  });

  test('silence', async () => {
    const { port } = await silentServer();
    const { stdout } = await box.run(['probe', `http://127.0.0.1:${port}/`, '--json', '--timeout', '1']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, cause: 'stalled' });
  });
});

test('for a person: verdict, stages, certificate; in both languages', async () => {
  const url = await serve(answering(200, { via: '1.1 edge' }, 'hello'));
  const english = await box.run(['probe', url]);
  expect(english.stdout).toMatch(/^✓ http:\/\/127.0.0.1:\d+\/ answers: something unknown\n/);
  expect(english.stdout).toMatch(/✓ {2}TCP +\S+ ms +127\.0\.0\.1:/);
  expect(english.stdout).toContain('cache: via: 1.1 edge');
  const chinese = await box.run(['probe', url, '--lang', 'zh']);
  expect(chinese.stdout).toContain('有应答');
});

test('what is no URL is a usage error', async () => {
  for (const value of ['ftp://x/', '://', 'http://']) {
    expect(await box.run(['probe', value])).toMatchObject({ exitCode: 2, stdout: '' });
  }
});
