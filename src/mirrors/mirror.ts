export type MirrorKind = 'public' | 'private' | 'custom' | 'official';
export type MirrorStatus = 'active' | 'degraded' | 'retired' | 'never-existed';

/** A mirror that has a name: from the catalogue, or the user's own. */
export interface Mirror {
  name: string;
  /** Base URL, credentials included; null for what has none (a mirror that never existed). */
  url: string | null;
  /** The GOPROXY value that `use NAME` sets, or null. */
  goproxy: string | null;
  operator: string;
  kind: MirrorKind;
  status: MirrorStatus;
  /** Why it has this status. */
  reason: string;
  /** Whether it passes the checksum database through, as far as known; null: unknown. */
  sumdb: boolean | null;
  /** What belongs to a profile of the user's own. */
  private?: string;
  noProxy?: string;
  gosumdb?: string;
}
