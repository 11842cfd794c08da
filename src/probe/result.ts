import type { Cause, Reason } from '../causes.ts';
import type { ModuleVersion } from '../go/mod-file.ts';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import type { TlsFacts } from '../system/network/handshake.ts';

/** How long each stage of the first connection took, milliseconds; null where it was not reached or does not apply. */
export interface Phases {
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  ttfbMs: number | null;
  totalMs: number | null;
}

export interface ProbeRequest {
  method: 'HEAD' | 'GET';
  url: string;
  /** Null: no answer. */
  status: number | null;
  totalMs: number;
}

/** What a probe found out about one mirror. */
export interface MirrorProbe {
  name: string;
  url: string;
  counts: boolean;
  status: 'ok' | 'degraded' | 'fail';
  /** 100 x fastest / own estimate; 0 where it fails; null before mirrors are compared. */
  score: number | null;
  cause: Cause | null;
  /** Why, where the mirror's answer tells it. */
  reason: Reason | null;
  /** What the cause is about: `host:port`, a host, a URL without credentials. */
  target: string;
  /** The server's or the system's own words, made safe; empty where there are none. */
  detail: string;
  phases: Phases;
  requests: ProbeRequest[];
  /** `supported`: null unknown. `verified`: hashes and signature of a lookup; null where it was not tried. */
  checksumDatabase: {
    supported: boolean | null;
    verified: boolean | null;
    cause: Cause | null;
    treeSize: number | null;
  };
  content: { verified: boolean | null };
  bandwidthBytesPerSecond: number | null;
  estimatedPullMs: number | null;
  /** Half the width of the interval around `estimatedPullMs`. */
  uncertaintyMs: number | null;
  /** What the server's certificate says, also where go would refuse it; null without TLS. */
  tls?: TlsFacts | null;
  protocol?: 'HTTP/1.1' | 'HTTP/2.0' | null;
  /** Compared with the other mirrors of the run: how far this one lags. */
  freshness?: Freshness;
  /** The module whose zip did not come whole and right, where small ones do. */
  failedZip?: ModuleVersion;
  /** Modules whose zips it refused to tell the size of. */
  refusedZips?: ModuleVersion[];
  /** A result that was cut short: the numbers are rough, the verdict stands. */
  cutShort?: boolean;
}

export interface Freshness {
  /** The module that the lists were compared for. */
  module: string;
  /** The newest release that this mirror lists, or null. */
  newest: string | null;
  /** Releases that other mirrors list and that are newer than `newest`. */
  behind: number;
  /** Records of the checksum database that its tree lacks beside the largest one seen; 0 where the difference is usual. */
  treeBehind: number;
}

/** A result before anything was asked. */
export function emptyProbe({ name, url, counts }: Pick<ProbeTarget, 'name' | 'url' | 'counts'>): MirrorProbe {
  return {
    name,
    url,
    counts,
    status: 'ok',
    score: null,
    cause: null,
    reason: null,
    target: '',
    detail: '',
    phases: { dnsMs: null, connectMs: null, tlsMs: null, ttfbMs: null, totalMs: null },
    requests: [],
    checksumDatabase: { supported: null, verified: null, cause: null, treeSize: null },
    content: { verified: null },
    bandwidthBytesPerSecond: null,
    estimatedPullMs: null,
    uncertaintyMs: null,
  };
}
