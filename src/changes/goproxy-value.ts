import { type ProxyEntry, parseGoproxy } from '../go/goproxy.ts';
import { repairGoproxy } from '../go/repair-goproxy.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { type Resolved, resolveMirror, shortName } from '../mirrors/resolve.ts';
import { type Trust, trustOf } from '../mirrors/trust.ts';
import { CliError } from '../system/errors.ts';
import { withPlaceholders } from '../system/secrets.ts';

export type Fallback = 'not-found' | 'any-error';

/** What `use` was given, as a value for GOPROXY. */
export interface GoproxyChoice {
  value: string;
  entries: readonly ProxyEntry[];
  /** The proxies of the list, in order; `mirror` is null for a URL that no catalogue knows. */
  proxies: (Pick<Resolved, 'name' | 'url' | 'mirror'> & { trust: Trust })[];
}

/**
 * The GOPROXY value for a name, a URL or a list. A single one gets `,direct` behind it (`|direct` to fall back on any error); a list
 * is taken as given, with the names in it replaced by their URLs. Throws a `CliError`, exit code 2, for what go would refuse.
 */
export function goproxyFor(mirrors: readonly Mirror[], text: string, fallback?: Fallback): GoproxyChoice {
  const given = text.trim();
  return goproxyAsIs(mirrors, /[,|]/.test(given) ? fromList(mirrors, given) : fromOne(mirrors, given), fallback);
}

/** A value for GOPROXY as it stands, but for what stands between its entries. Throws as `goproxyFor` does. */
export function goproxyAsIs(mirrors: readonly Mirror[], given: string, fallback?: Fallback): GoproxyChoice {
  const value = withFallback(given, fallback);
  const parsed = parseGoproxy(value);
  if (!parsed.ok) throw broken(parsed.entry, parsed.message);
  return { value, entries: parsed.entries, proxies: proxiesOf(mirrors, parsed.entries) };
}

function proxiesOf(mirrors: readonly Mirror[], entries: readonly ProxyEntry[]): GoproxyChoice['proxies'] {
  return entries.flatMap(({ url }) => {
    if (url === null) return [];
    const mirror = findByUrl(mirrors, url);
    return [{ name: mirror?.name ?? shortName(url), url, mirror, trust: trustOf(mirror, url) }];
  });
}

function fromOne(mirrors: readonly Mirror[], given: string): string {
  if (given === 'direct' || given === 'off') return given;
  assertNoTypo(given);
  const { url, mirror, byName } = resolveMirror(mirrors, given);
  return byName && mirror?.goproxy ? mirror.goproxy : `${url},direct`;
}

function fromList(mirrors: readonly Mirror[], given: string): string {
  return given.replace(/[^,|]+/g, part => {
    const entry = part.trim();
    if (entry === '' || entry === 'direct' || entry === 'off') return part;
    assertNoTypo(entry);
    const { url, byName } = resolveMirror(mirrors, entry);
    return byName ? part.replace(entry, () => url) : part;
  });
}

const withFallback = (value: string, fallback: Fallback | undefined): string =>
  fallback ? value.replace(/[,|]/g, fallback === 'any-error' ? '|' : ',') : value;

/** Mistakes that go refuses, or takes for a host name that then is not found: with what was meant. */
function assertNoTypo(entry: string): void {
  const repaired = repairGoproxy(entry);
  if (repaired !== null) throw new CliError('use.mistyped', { entry, repaired: withPlaceholders(repaired) });
}

const broken = (entry: string, detail: string): CliError =>
  new CliError('use.broken-entry', { entry: entry || '""', detail });
