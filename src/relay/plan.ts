import { parseGoproxy } from '../go/goproxy.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Resolved, shortName } from '../mirrors/resolve.ts';
import { trustOf } from '../mirrors/trust.ts';
import type { UpstreamSpec } from './upstream.ts';

/** What a relay stands in for. */
export interface RelayPlan {
  /** In the user's order. */
  upstreams: UpstreamSpec[];
  /** What ends the list: go's own business, reached where go would reach it. Null: nothing stands behind the proxies. */
  end: 'direct' | 'off' | null;
}

/** Takes the proxies out of a GOPROXY value. Null where it names none, or where go refuses the value: go then says so itself. */
export function planOfSettings(goproxy: string, mirrors: readonly Mirror[]): RelayPlan | null {
  const parsed = parseGoproxy(goproxy);
  if (!parsed.ok) return null;
  const upstreams = parsed.entries.flatMap(({ url, fallsBackOn }): UpstreamSpec[] => {
    if (url === null) return [];
    const mirror = findByUrl(mirrors, url);
    return [{ name: mirror?.name ?? shortName(url), url, trust: trustOf(mirror, url), fallsBackOn }];
  });
  const last = parsed.entries.at(-1)!;
  return upstreams.length === 0 ? null : { upstreams, end: last.kind === 'proxy' ? null : last.kind };
}

/** The mirrors of the command line, in their order and by the same rules, and then the origins themselves. */
export function planOfMirrors(mirrors: readonly Resolved[]): RelayPlan {
  const upstreams = mirrors.map(
    ({ name, url, mirror }): UpstreamSpec => ({ name, url, trust: trustOf(mirror, url), fallsBackOn: 'not-found' }),
  );
  return { upstreams, end: 'direct' };
}
