import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Certificate, certificateAuthority } from './certificates.ts';
import { onCleanup } from './cleanup.ts';
import { sandbox } from './sandbox.ts';

const ca = certificateAuthority();
const day = 86_400_000;

async function serve(tls: Certificate): Promise<string> {
  const server = createServer(tls, (_, response) => response.end('served'));
  onCleanup(() => {
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the real go says about a certificate: go.mod is asked of it as of a module proxy. */
async function judgedByGo(tls: Certificate): Promise<string> {
  const box = await sandbox();
  const url = await serve(tls);
  const env = { GOPROXY: url, SSL_CERT_FILE: ca.writeTo(box.work), SSL_CERT_DIR: box.work, GOSUMDB: 'off' };
  const { stderr } = await box.go(['mod', 'download', 'example.test/m@v1.0.0'], { env });
  return stderr;
}

describe('certificates of the lab, judged by go', () => {
  test('a leaf of the authority is trusted, and one of an intermediate too', async () => {
    expect(await judgedByGo(ca.leaf())).toContain('invalid character');
    expect(await judgedByGo(ca.intermediate().leaf())).toContain('invalid character');
  });
  test('expired', async () => {
    expect(await judgedByGo(ca.leaf({ notAfter: new Date(Date.now() - day / 2) }))).toContain(
      'certificate has expired',
    );
  });
  test('another name', async () => {
    expect(await judgedByGo(ca.leaf({ names: ['other.test'] }))).toMatch(
      /doesn't contain any IP SANs|certificate is valid for/,
    );
  });
  test('another authority, and a chain with a gap', async () => {
    expect(await judgedByGo(certificateAuthority().leaf())).toContain('certificate signed by unknown authority');
    expect(await judgedByGo(ca.intermediate({ incomplete: true }).leaf())).toContain('unknown authority');
  });
});
