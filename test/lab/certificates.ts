import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { bits, integer, octets, oid, sequence, set, tagged, text, time, yes } from './der.ts';

/** PEM, as `tls.createServer` takes it. `cert` holds the leaf and then the authorities between it and the root. */
export interface Certificate {
  cert: string;
  key: string;
}

export interface LeafOptions {
  /** Host names (`*.example.test` too) and addresses; `localhost`, `127.0.0.1` and `::1` by default. */
  names?: readonly string[];
  /** Default: yesterday. */
  notBefore?: Date;
  /** Default: in a year. */
  notAfter?: Date;
}

/**
 * A certificate authority of the test's own, made without any tool.
 *
 * ```ts
 * const ca = certificateAuthority();
 * const mirror = await labMirror({ tls: ca.leaf() });
 * const box = await sandbox({ env: { SSL_CERT_FILE: ca.writeTo(folder) } });
 * ca.leaf({ names: ['other.test'] })                       // wrong name
 * ca.leaf({ notAfter: new Date(Date.now() - 86_400_000) }) // expired yesterday
 * certificateAuthority({ name: 'Corp Interception' })      // an authority nobody trusts
 * ```
 */
export interface CertificateAuthority {
  /** The root certificate, PEM. */
  readonly cert: string;
  leaf(options?: LeafOptions): Certificate;
  /** An authority below this one. Its leaves carry it along, unless `incomplete`: a server that forgot to send the chain. */
  intermediate(options?: { name?: string; incomplete?: boolean }): CertificateAuthority;
  /** Writes the root as `ca.pem` into a folder and returns its path, for SSL_CERT_FILE. */
  writeTo(folder: string): string;
}

const day = 86_400_000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

export function certificateAuthority(options: { name?: string } = {}): CertificateAuthority {
  const name = options.name ?? 'go-mirror lab CA';
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const root = issue({ subject: name, issuer: name, key: keys.publicKey, signer: keys.privateKey, ca: true });
  return authority(name, keys.privateKey, root, '');
}

function authority(name: string, signer: KeyObject, root: string, chain: string): CertificateAuthority {
  return {
    cert: root,
    leaf(options = {}) {
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = options.names ?? ['localhost', '127.0.0.1', '::1'];
      const cert = issue({
        ...options,
        subject: names[0]!,
        issuer: name,
        key: keys.publicKey,
        signer,
        ca: false,
        names,
      });
      return { cert: cert + chain, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
    intermediate(options = {}) {
      const subject = options.name ?? `${name} intermediate`;
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cert = issue({ subject, issuer: name, key: keys.publicKey, signer, ca: true });
      return authority(subject, keys.privateKey, root, options.incomplete ? chain : cert + chain);
    },
    writeTo(folder) {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, root);
      return file;
    },
  };
}

interface Order extends LeafOptions {
  subject: string;
  issuer: string;
  key: KeyObject;
  signer: KeyObject;
  ca: boolean;
}

/** One X.509 version 3 certificate (RFC 5280), signed with ECDSA over SHA-256, as PEM. */
function issue(order: Order): string {
  const publicKey = order.key.export({ type: 'spki', format: 'der' });
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x3f) | 0x40; // positive, and never shorter
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    commonName(order.issuer),
    sequence(
      time(order.notBefore ?? new Date(Date.now() - day)),
      time(order.notAfter ?? new Date(Date.now() + 365 * day)),
    ),
    commonName(order.subject),
    publicKey,
    tagged(3, sequence(...extensions(order, publicKey))),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, order.signer)));
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(order: Order, publicKey: Buffer): Buffer[] {
  const keyId = createHash('sha1').update(publicKey).digest();
  const subjectKeyId = sequence(oid('2.5.29.14'), octets(octets(keyId)));
  if (order.ca) {
    const basicConstraints = sequence(oid('2.5.29.19'), yes, octets(sequence(yes)));
    const keyUsage = sequence(oid('2.5.29.15'), yes, octets(bits(Buffer.from([0x06]), 1))); // certificates and lists
    return [basicConstraints, keyUsage, subjectKeyId];
  }
  const names = (order.names ?? []).map(name =>
    isIP(name) ? tagged(7, addressBytes(name), false) : tagged(2, Buffer.from(name), false),
  );
  const serverAuth = sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1'))));
  return [sequence(oid('2.5.29.17'), octets(sequence(...names))), serverAuth, subjectKeyId];
}

const commonName = (name: string): Buffer => sequence(set(sequence(oid('2.5.4.3'), text(name))));

/** The bytes of an IPv4 address, or of an IPv6 one with at most one `::`. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const after = groups(tail ?? '');
  const before = groups(head);
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex');
}
