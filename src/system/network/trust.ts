import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import type { Context } from '../context.ts';

/** Where Linux distributions keep their bundle; the first that exists counts (crypto/x509/root_linux.go). */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const folders = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/**
 * The certificates that go trusts, PEM. On Unix SSL_CERT_FILE and SSL_CERT_DIR replace the system's (crypto/x509/root_unix.go);
 * on macOS and Windows go asks the system and reads neither. NODE_EXTRA_CA_CERTS is Node's own and means nothing to go.
 */
export async function trustedCertificates(context: Context): Promise<string[]> {
  if (context.platform === 'darwin' || context.platform === 'win32') return systemStore();
  const found = new Set<string>();
  for (const file of context.env.SSL_CERT_FILE ? [context.env.SSL_CERT_FILE] : bundles) {
    const text = await readText(file);
    for (const certificate of certificatesIn(text ?? '')) found.add(certificate);
    if (text !== null) break;
  }
  for (const folder of context.env.SSL_CERT_DIR?.split(':') ?? folders) {
    for (const text of await textsIn(folder)) for (const certificate of certificatesIn(text)) found.add(certificate);
  }
  return [...found];
}

/** How many certificates the place holds that one of these variables names. */
export async function certificatesAt(variable: 'SSL_CERT_FILE' | 'SSL_CERT_DIR', value: string): Promise<number> {
  const texts =
    variable === 'SSL_CERT_FILE'
      ? [(await readText(value)) ?? '']
      : (await Promise.all(value.split(':').map(textsIn))).flat();
  return texts.flatMap(certificatesIn).length;
}

/** Node 20 cannot read the system's store: there its own list stands in. */
function systemStore(): string[] {
  const newer = tls as typeof tls & { getCACertificates?: (type: 'system') => string[] };
  return newer.getCACertificates?.('system') ?? [...tls.rootCertificates];
}

function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const texts = await Promise.all(
    entries.map(async entry => {
      const path = join(folder, entry.name);
      // Hash links beside the files that they point to: the same certificates again.
      if (entry.isSymbolicLink() && !(await readlink(path).catch(() => '')).includes('/')) return null;
      return readText(path);
    }),
  );
  return texts.filter(text => text !== null);
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'latin1').catch(() => null);
}
