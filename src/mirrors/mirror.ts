import type { Localized } from '../system/sentence.ts';

export type MirrorKind = 'public' | 'private' | 'custom' | 'official';
export type MirrorStatus = 'active' | 'degraded' | 'retired' | 'never-existed';

/** A mirror that has a name: from the catalogue, or the user's own. */
export interface Mirror {
  name: string;
  /** Other names that find it. */
  aliases: readonly string[];
  /** Base URL, credentials included; null for what has none (never existed, a template, no go to ask). */
  url: string | null;
  /** Other base URLs of the same mirror. */
  urls: readonly string[];
  /** Hosts at which no path is a Go module proxy. */
  hosts: readonly string[];
  /** What the URL of one's own server of this kind looks like, or null. */
  template: string | null;
  /** The GOPROXY value that `use NAME` sets, or null. */
  goproxy: string | null;
  /** Who runs it; null: the user. */
  operator: Localized | null;
  kind: MirrorKind;
  status: MirrorStatus;
  /** Why it has this status. */
  reason: Localized;
  /** Where the status is reported, and the date of the report (YYYY-MM-DD). */
  source: string | null;
  date: string | null;
  /** Whether it passes the checksum database through, as far as known; null: unknown. */
  sumdb: boolean | null;
  /** The name of the mirror to use in its place, or null. */
  useInstead: string | null;
  /** What belongs to a profile of the user's own. */
  private?: string | undefined;
  noProxy?: string | undefined;
  gosumdb?: string | undefined;
}
