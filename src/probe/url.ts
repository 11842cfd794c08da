import type { Cause, Reason } from '../causes.ts';
import { faultOf } from '../modproxy/fault.ts';
import type { Context } from '../system/context.ts';
import { type Connection, readNetwork } from '../system/network/connection.ts';
import { startDeadline } from '../system/network/deadline.ts';
import type { Stage } from '../system/network/failure.ts';
import { CertificateFailure, type TlsFacts } from '../system/network/handshake.ts';
import type { AuthRules } from '../system/network/logins.ts';
import { openSession, type Reply } from '../system/network/session.ts';
import { warmUp } from '../system/network/warm-up.ts';
import { untrusted } from '../system/text.ts';
import { type Service, serviceOf } from './service.ts';

export interface StageResult {
  stage: Stage;
  ok: boolean;
  /** Of `http`: from sending the request to the first byte of the answer. */
  durationMs: number;
  /** Addresses, TLS version and issuer, status line, or the words of the failure. */
  detail: string;
}

export interface UrlProbe {
  url: string;
  ok: boolean;
  cause: Cause | null;
  /** Why, where the answer tells it. */
  reason: Reason | null;
  target: string;
  detail: string;
  /** Of the first host, then of each host that it redirects to. */
  stages: StageResult[];
  http: { status: number; protocol: string; headers: Record<string, string> } | null;
  tls: TlsFacts | null;
  /** The environment variable whose proxy was used, and the proxy. */
  proxy: { variable: string; url: string } | null;
  redirects: { status: number; url: string }[];
  service: Service;
}

export interface UrlProbeOptions {
  deadlineMs: number;
  /** How go finds logins; default: by netrc, as a current release. */
  rules?: AuthRules | undefined;
  /** The URL as it was written, where that differs from its own form: logins are compared with it. */
  written?: string;
}

const maxBytes = 256_000;

/** Takes one URL of any kind through the stages, redirects included. Never throws for what the network does. */
export async function probeUrl(context: Context, url: URL, options: UrlProbeOptions): Promise<UrlProbe> {
  const deadline = startDeadline(context.signal, options.deadlineMs);
  const network = await readNetwork(context, options.rules, deadline.signal);
  await warmUp(network, context.signal);
  const stages: StageResult[] = [];
  const hops: { status: number | null; url: string }[] = [];
  let connection: Connection | null = null;
  const session = openSession(network, {
    stage: (stage, ok, durationMs, detail) => stages.push({ stage, ok, durationMs, detail: untrusted(detail) }),
    connected: opened => {
      connection = opened;
    },
    request: ({ status, url: asked }) => hops.push({ status, url: asked }),
  });
  const started = performance.now();
  let reply: Reply | null = null;
  let failure: ReturnType<typeof faultOf> | null = null;
  let tls: TlsFacts | null = null;
  try {
    reply = await session.request('GET', url, {
      maxBytes,
      deadline,
      ...(options.written === undefined ? {} : { written: options.written }),
    });
  } catch (error) {
    failure = faultOf(error);
    if (error instanceof CertificateFailure) tls = error.tls;
  } finally {
    deadline.clear();
    await session.close();
  }
  const opened = connection as Connection | null;
  const service = serviceOf(url, reply);
  const fault = failure ?? service.fault;
  if (!stages.some(({ ok }) => !ok)) {
    const connecting = stages.reduce((sum, stage) => sum + stage.durationMs, 0);
    const durationMs = reply?.firstByteMs ?? Math.max(0, performance.now() - started - connecting);
    const detail = reply && !failure ? `${reply.protocol} ${reply.status}` : (failure?.detail ?? '');
    stages.push({ stage: 'http', ok: !fault, durationMs, detail });
  }
  return {
    url: url.href,
    ok: !fault,
    cause: fault?.cause ?? null,
    reason: fault?.reason ?? null,
    target: fault?.target ?? '',
    detail: fault?.detail ?? '',
    stages,
    http: reply && { status: reply.status, protocol: reply.protocol, headers: withoutCookies(reply.headers) },
    tls: tls ?? opened?.tls ?? null,
    proxy: opened?.proxy ? { variable: opened.proxy.variable, url: opened.proxy.url } : null,
    redirects: hops.slice(0, -1).map(hop => ({ status: hop.status ?? 0, url: hop.url })),
    service,
  };
}

/** A report is passed on; what a server gives to one visitor is not for all. */
function withoutCookies(headers: Reply['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name === 'set-cookie' ? [] : [[name, untrusted(value, 2000)]])),
  );
}
