import { escapePath } from '../go/module-path.ts';
import { versionIn } from '../modproxy/content.ts';
import { replyFault } from '../modproxy/fault.ts';
import { NetworkFailure } from '../system/network/failure.ts';
import type { MirrorClient } from './mirror-client.ts';
import type { Freshness } from './result.ts';

/** The versions of one module that a mirror lists. */
export interface Listing {
  module: string;
  /** Releases without a suffix, highest first; `@latest` among them. */
  releases: string[];
}

/** A tree of the checksum database that is smaller than the largest by this share lags; less is a cache of some minutes. */
const usualTreeShare = 0.001;

/** Asks for `@v/list` and `@latest`. Null where the mirror does not tell. */
export async function readListing(client: MirrorClient, module: string): Promise<Listing | null> {
  const found: string[] = [];
  try {
    const list = await client.ask('GET', `${escapePath(module)}/@v/list`, { maxBytes: 100_000 });
    if (replyFault(list, 'list')) return null;
    found.push(
      ...list.body
        .toString('utf8')
        .split('\n')
        .map(line => line.trim().split(/\s/)[0]!),
    );
    const latest = await client.ask('GET', `${escapePath(module)}/@latest`, { maxBytes: 100_000 });
    if (!replyFault(latest, 'info')) found.push(versionIn(latest.body.toString('utf8')) ?? '');
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    if (found.length === 0) return null;
  }
  const releases = [...new Set(found)].filter(version => /^v\d+\.\d+\.\d+(\+incompatible)?$/.test(version));
  return { module, releases: releases.sort(compareReleases).reverse() };
}

/** Compares each mirror with what all of them together know. */
export function compareFreshness(
  mirrors: readonly { listing: Listing | null; treeSize: number | null; seenTreeSize: number | null }[],
): (Freshness | null)[] {
  const largest = Math.max(0, ...mirrors.map(({ seenTreeSize }) => seenTreeSize ?? 0));
  return mirrors.map(({ listing, treeSize }) => {
    if (!listing) return null;
    const known = mirrors.flatMap(other => (other.listing?.module === listing.module ? other.listing.releases : []));
    const newest = listing.releases[0] ?? null;
    const newer = [...new Set(known)].filter(version => newest === null || compareReleases(version, newest) > 0);
    const lag = treeSize === null ? 0 : largest - treeSize;
    const treeBehind = lag >= Math.max(1, largest * usualTreeShare) ? lag : 0;
    return { module: listing.module, newest, behind: newer.length, treeBehind };
  });
}

function compareReleases(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.slice(1).replace(/\+.*/, '').split('.').map(Number));
  for (const index of [0, 1, 2]) {
    if (left![index] !== right![index]) return left![index]! - right![index]!;
  }
  return 0;
}
