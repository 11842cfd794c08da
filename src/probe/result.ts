import type { Cause } from '../causes.ts';

/** A mirror to probe. */
export interface ProbeTarget {
  name: string;
  /** As given, with credentials; `https://`, `http://` or `file://`. */
  url: string;
  /** In effect, or named on the command line: only these can fail a run. */
  counts: boolean;
  /** A mirror of one's own, that may be asked about private modules. */
  trusted: boolean;
}

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
}
