import { parseGoproxy } from '../go/goproxy.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Resolved } from '../mirrors/resolve.ts';
import type { UpstreamSpec } from './upstream.ts';

/** What a relay stands in for. */
export interface RelayPlan {
  upstreams: UpstreamSpec[];
  /** What stays behind the relay in GOPROXY, its separator included: `,direct`, `|direct`, `,off` or nothing. Go's own business. */
  rest: string;
}

/** Takes the proxies out of a GOPROXY value. Null where it names none, or where go refuses the value: go then says so itself. */
export function planOfSettings(goproxy: string, mirrors: readonly Mirror[]): RelayPlan | null {
  const parsed = parseGoproxy(goproxy);
  if (!parsed.ok) return null;
  const upstreams = parsed.entries.flatMap(({ kind, url, fallsBackOn }) => {
    if (kind !== 'proxy' || url === null || !URL.canParse(url)) return [];
    const mirror = findByUrl(mirrors, url);
    return [{ name: mirror?.name ?? nameOf(new URL(url)), url: new URL(url), gatekeeper: isOwn(mirror), fallsBackOn }];
  });
  const last = parsed.entries.at(-1)!;
  const before = upstreams.at(-1);
  if (!before) return null;
  const separator = before.fallsBackOn === 'any-error' ? '|' : ',';
  return { upstreams, rest: last.kind === 'proxy' ? '' : `${separator}${last.kind}` };
}

/** The mirrors of the command line, in their order, and then the origins themselves. */
export function planOfMirrors(mirrors: readonly Resolved[]): RelayPlan {
  const upstreams = mirrors.map(
    ({ name, url, mirror }): UpstreamSpec => ({
      name,
      url: new URL(url),
      gatekeeper: isOwn(mirror),
      fallsBackOn: 'not-found',
    }),
  );
  return { upstreams, rest: ',direct' };
}

/** Saved together with private patterns: what it does not have is nobody else's business. */
function isOwn(mirror: Mirror | null): boolean {
  return mirror !== null && (mirror.kind === 'private' || Boolean(mirror.private || mirror.noProxy));
}

function nameOf(url: URL): string {
  return url.protocol === 'file:' ? url.pathname : `${url.host}${url.pathname.replace(/\/+$/, '')}`;
}
