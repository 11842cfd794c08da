import type { Requirement } from '../project/requirement.ts';
import { matchingPattern } from './patterns.ts';
import { haveOneOwner, looksPrivate } from './private-names.ts';
import type { Route } from './route.ts';
import type { Settings } from './settings.ts';
import { parseUrl } from './url.ts';

/** What a user should know about a route besides its hops. Its sentence is `route.warn.CODE` of `messages`. */
export interface RouteWarning {
  code: string;
  args: Readonly<Record<string, string>>;
}

/** `own` tells proxies that are the user's own: no name leaks to them. */
export function routeWarnings(
  route: Route,
  settings: Settings,
  required: Requirement,
  own: (url: string) => boolean,
): RouteWarning[] {
  return [
    ...replaced(required),
    ...leak(route, settings, own),
    ...unusable(route),
    ...insecure(route, settings),
    ...(/(?:^|\s)--?mod=vendor(?:\s|$)/.test(settings.values.GOFLAGS.value) ? [{ code: 'vendor', args: {} }] : []),
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
  own: (url: string) => boolean,
): RouteWarning[] {
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

/** Proxies that go takes into its list and then cannot ask (web/http.go). */
function unusable({ steps }: Route): RouteWarning[] {
  return steps.flatMap(({ url }) => {
    const parsed = url === null ? null : parseUrl(url);
    if (!parsed?.ok || parsed.url.scheme === 'file') return [];
    const { host, scheme, userInfo } = parsed.url;
    if (host.replace(/:\d*$/, '') === '') return [{ code: 'no-host', args: { url: url! } }];
    return scheme === 'http' && userInfo !== null ? [{ code: 'insecure-credentials', args: { url: url! } }] : [];
  });
}

/** Only what comes from the origin is relaxed by GOINSECURE, never a proxy. */
function insecure({ module, steps }: Route, { values }: Settings): RouteWarning[] {
  const pattern = matchingPattern(values.GOINSECURE.value, module);
  const direct = steps.some(({ kind }) => kind === 'direct');
  return pattern !== null && direct ? [{ code: 'insecure', args: { pattern } }] : [];
}
