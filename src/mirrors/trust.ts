import { matchingPattern } from '../go/patterns.ts';
import { looksPrivate } from '../go/private-names.ts';
import type { Settings } from '../go/settings.ts';
import { parseUrl } from '../system/network/go-url.ts';
import type { Mirror } from './mirror.ts';

/**
 * What an entry of GOPROXY is. A `public` mirror serves everybody; a `gatekeeper` is any other, as an organisation may rely on it
 * seeing everything first and on its refusal being final.
 */
export type Trust = 'public' | 'gatekeeper';

/** A place that may be asked, as far as trust goes. */
export interface Place {
  trust: Trust;
  /** GOPROXY names it, so go tells it every name that no pattern keeps from proxies. */
  inEffect: boolean;
  /** It serves everybody although nobody may stand in for it: a mirror of the catalogue that is unreliable or gone. */
  open?: boolean;
}

/**
 * Whether a URL is a public mirror's: the catalogue lists it as one, whatever its state, and it carries no login of its own. The
 * official one is read from the toolchain, which a company may have changed: it counts only below Go's own domain.
 */
export function isPublicMirror(mirror: Mirror | null, url: string): boolean {
  const parsed = parseUrl(url);
  if (mirror === null || !parsed.ok || parsed.url.userInfo !== null) return false;
  return (
    mirror.kind === 'public' || (mirror.kind === 'official' && /(?:^|\.)golang\.org(?::443)?$/.test(parsed.url.host))
  );
}

/**
 * The one answer to who may stand in for whom: only what is public and active may be asked out of the user's order, in place of or
 * beside another such mirror. Everything else is a gatekeeper, whatever its login: asked where it stands, alone, and before a comma
 * only its 404 and 410 let a request go on.
 */
export function trustOf(mirror: Mirror | null, url: string): Trust {
  return isPublicMirror(mirror, url) && mirror!.status === 'active' ? 'public' : 'gatekeeper';
}

/**
 * Whether a place may be told the name of a module. A public mirror never hears a name that is private, or looks so; a gatekeeper
 * hears what go tells it, which it does only where GOPROXY names it.
 */
export function mayHear(
  { trust, inEffect, open = false }: Place,
  settings: Pick<Settings, 'values'> | null,
  module: string,
): boolean {
  const patternIn = (name: 'GONOPROXY' | 'GOPRIVATE' | 'GONOSUMDB'): string | null =>
    settings === null ? null : matchingPattern(settings.values[name].value, module);
  const matches = (name: 'GONOPROXY' | 'GOPRIVATE'): boolean => patternIn(name) !== null;
  if (matches('GONOPROXY')) return false;
  if (trust === 'gatekeeper' && inEffect && !open) return true;
  // `GONOSUMDB=*` switches the database off: it says of no module that it is private.
  return !looksPrivate(module) && !matches('GOPRIVATE') && [null, '*'].includes(patternIn('GONOSUMDB'));
}
