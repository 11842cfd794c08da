import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import type { Cause } from '../../causes.ts';
import { untrusted } from '../text.ts';
import type { Deadline } from './deadline.ts';
import { codeOf, NetworkFailure, wordsOf } from './failure.ts';

/** What a server showed of itself in the TLS handshake. */
export interface TlsFacts {
  protocol: string;
  subject: string;
  /** Who signed the certificate: an intercepting proxy names itself here. */
  issuer: string;
  names: string[];
  /** ISO date of the end of its validity. */
  expires: string | null;
}

/** A handshake that ended in a certificate that go would not accept: still says whose certificate it is. */
export class CertificateFailure extends NetworkFailure {
  readonly tls: TlsFacts;

  constructor(cause: Cause, target: string, detail: string, tls: TlsFacts) {
    super('tls', cause, target, detail);
    this.tls = tls;
  }
}

/**
 * Speaks TLS on a connected socket and judges the certificate in the order in which Go's `Certificate.Verify` does:
 * validity, name, authority. Throws a `NetworkFailure` of stage `tls`.
 */
export async function handshake(
  socket: Socket,
  host: string,
  target: string,
  trust: SecureContext,
  deadline: Deadline,
): Promise<{ socket: TLSSocket; tls: TlsFacts }> {
  const secure = await secured(socket, host, target, trust, deadline);
  const certificate = secure.getPeerCertificate(true);
  const tls = factsOf(secure, certificate);
  const fault = faultOf(host, certificate, secure.authorizationError);
  if (fault) {
    secure.destroy();
    throw new CertificateFailure(fault.cause, target, fault.words, tls);
  }
  return { socket: secure, tls };
}

function secured(
  socket: Socket,
  host: string,
  target: string,
  trust: SecureContext,
  deadline: Deadline,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Cause, words: string): void => {
      settle();
      secure.destroy();
      socket.destroy();
      reject(new NetworkFailure('tls', cause, target, words));
    };
    const late = (): void => fail('tls-handshake-timeout', 'net/http: TLS handshake timeout');
    const failed = (error: Error): void => fail(causeOfTlsError(error), untrusted(inWords(wordsOf(error))));
    const closed = (): void => fail('connection-reset', 'EOF in the TLS handshake');
    const done = (): void => {
      settle();
      resolve(secure);
    };
    const settle = (): void => {
      deadline.signal.removeEventListener('abort', late);
      secure.removeListener('error', failed).removeListener('close', closed).removeListener('secureConnect', done);
      secure.on('error', () => {});
    };
    const secure = connect({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host.replace(/\.$/, '') }),
      ALPNProtocols: ['h2', 'http/1.1'],
      secureContext: trust,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    secure.once('error', failed).once('close', closed).once('secureConnect', done);
    if (deadline.signal.aborted) late();
    else deadline.signal.addEventListener('abort', late, { once: true });
  });
}

/** `CODE:error:0A00042E:SSL routines:FUNCTION:REASON:FILE:LINE:…` of OpenSSL: only the reason is of use to anybody. */
const inWords = (words: string): string => {
  const [, reason] = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/i.exec(words) ?? [];
  return reason ? `tls: ${reason}` : words;
};

function causeOfTlsError(error: Error): Cause {
  const code = codeOf(error);
  if (code === 'ECONNRESET' || code === 'EPIPE' || /disconnected before secure/i.test(error.message)) {
    return 'connection-reset';
  }
  // Something answers in another protocol: plain HTTP, SSH, a banner.
  if (
    /wrong.version.number|packet.length|http.request|unexpected.message|record.layer/i.test(`${code} ${error.message}`)
  ) {
    return 'captive-or-html-response';
  }
  return 'tls-other';
}

const untrustedCodes =
  /^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|PATH_LENGTH)/;

function faultOf(
  host: string,
  certificate: PeerCertificate,
  error: Error | string | null,
): { cause: Cause; words: string } | null {
  const now = Date.now();
  const [from, to] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
  if (now > to) return { cause: 'tls-other', words: `x509: certificate has expired: ${certificate.valid_to}` };
  if (now < from) return { cause: 'tls-other', words: `x509: certificate is not yet valid: ${certificate.valid_from}` };
  const misnamed = nameFault(host, certificate);
  if (misnamed) return { cause: 'tls-other', words: misnamed };
  if (!error) return null;
  const code = typeof error === 'string' ? error : codeOf(error) || error.message;
  if (!untrustedCodes.test(code)) return { cause: 'tls-other', words: untrusted(`x509: ${code}`) };
  const issuer = nameOf(certificate.issuer);
  return {
    cause: 'tls-unknown-authority',
    words: untrusted(`x509: certificate signed by unknown authority: ${issuer}`),
  };
}

/** Go looks at the alternative names only, never at the common name. */
function nameFault(host: string, certificate: PeerCertificate): string | null {
  const names = certificate.subjectaltname ?? '';
  const isAddress = isIP(host) > 0;
  if (isAddress && !/IP Address:/.test(names)) {
    return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  }
  if (!isAddress && !/DNS:/.test(names)) {
    return 'x509: certificate relies on legacy Common Name field, use SANs instead';
  }
  return checkServerIdentity(host, certificate)
    ? untrusted(`x509: certificate is valid for ${names.replace(/DNS:|IP Address:/g, '')}, not ${host}`)
    : null;
}

function factsOf(socket: TLSSocket, certificate: PeerCertificate): TlsFacts {
  const expires = Date.parse(certificate.valid_to);
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    subject: untrusted(nameOf(certificate.subject)),
    issuer: untrusted(nameOf(certificate.issuer)),
    names: (certificate.subjectaltname ?? '')
      .split(', ')
      .filter(Boolean)
      .slice(0, 20)
      .map(name => untrusted(name.replace(/^(DNS|IP Address):/, ''), 80)),
    expires: Number.isNaN(expires) ? null : new Date(expires).toISOString(),
  };
}

function nameOf(entity: PeerCertificate['subject'] | undefined): string {
  const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';
  const [common, organization] = [first(entity?.CN), first(entity?.O)];
  return common && organization && common !== organization ? `${common} (${organization})` : common || organization;
}
