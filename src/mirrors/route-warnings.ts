import { judgeSettings } from '../go/judge-settings.ts';
import { matchingPattern } from '../go/patterns.ts';
import { haveOneOwner, looksPrivate } from '../go/private-names.ts';
import type { Route } from '../go/route.ts';
import type { Settings } from '../go/settings.ts';
import type { Requirement } from '../project/requirement.ts';
import { parseUrl } from '../system/network/go-url.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import { findByUrl } from './find.ts';
import { lookUpIn } from './look-up.ts';
import type { Mirror } from './mirror.ts';

/** What a user should know about a route besides its hops: `route.warn.CODE` of `messages`, or the judge's `remark.CODE`. */
export interface RouteWarning {
  code: string;
  args: SentenceArgs;
}

/** What the judge of settings says that concerns a route's hops. */
const ofHops = new Set(['insecure-credentials', 'no-host']);

/** What to mind of a route under these settings. */
export function routeWarnings(
  route: Route,
  settings: Settings,
  required: Requirement,
  mirrors: readonly Mirror[],
): RouteWarning[] {
  const remarks = judgeSettings(settings, lookUpIn(mirrors)).map(({ code, args }) => ({ code, args }));
  const proxied = route.steps.some(({ kind }) => kind === 'proxy');
  return [
    ...replaced(required),
    ...leak(route, settings, mirrors),
    ...remarks.filter(({ code }) => proxied && ofHops.has(code)),
    ...insecure(route, settings),
    ...remarks.filter(({ code }) => code === 'flag-vendor'),
  ];
}

function replaced({ replacement }: Requirement): RouteWarning[] {
  if (!replacement) return [];
  return [{ code: replacement.local ? 'replaced-local' : 'replaced', args: { target: replacement.target } }];
}

/** Who sees the name of a module that looks private, or is in GOPRIVATE: public proxies, and the checksum database. */
function leak(
  { module, steps, checksumDatabase, ...route }: Route,
  { values }: Settings,
  mirrors: readonly Mirror[],
): RouteWarning[] {
  const own = (url: string): boolean => ['custom', 'private'].includes(findByUrl(mirrors, url)?.kind ?? '');
  const origin = module.split('/')[0]!;
  const name = checksumDatabase.used ? checksumDatabase.name : null;
  if (route.private) {
    return name ? [{ code: 'sumdb-sees', args: { module, name, pattern: route.private.pattern } }] : [];
  }
  const proxies = steps.flatMap(({ url }) => {
    const parsed = url === null ? null : parseUrl(url);
    if (!parsed?.ok || parsed.url.scheme === 'file' || parsed.url.userInfo !== null || own(url!)) return [];
    const { host } = parsed.url;
    return host && !looksPrivate(host) && !haveOneOwner(origin, host) ? [host] : [];
  });
  const hosts = [...new Set([...proxies, ...(name ? [name] : [])])].join(', ');
  const pattern = matchingPattern(values.GOPRIVATE.value, module);
  if (hosts && pattern) return [{ code: 'overridden', args: { pattern, hosts, value: values.GONOPROXY.value } }];
  return hosts && looksPrivate(module) ? [{ code: 'leak', args: { module, hosts, pattern: origin } }] : [];
}

/** Only what comes from the origin is relaxed by GOINSECURE, never a proxy. */
function insecure({ module, steps }: Route, { values }: Settings): RouteWarning[] {
  const pattern = matchingPattern(values.GOINSECURE.value, module);
  const direct = steps.some(({ kind }) => kind === 'direct');
  return pattern !== null && direct ? [{ code: 'insecure', args: { pattern } }] : [];
}
