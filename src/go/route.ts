import { type ProxyEntry, parseGoproxy } from './goproxy.ts';
import { parseGosumdb } from './gosumdb.ts';
import { checkModulePath } from './module-path.ts';
import { matchingPattern } from './patterns.ts';
import type { SettingName, Settings } from './settings.ts';

/** The pattern that a module matches, and the variable that holds it. */
export interface Match<V extends SettingName> {
  pattern: string;
  variable: V;
}

export interface Route {
  module: string;
  /** The pattern that keeps the module away from proxies (GONOPROXY, or GOPRIVATE by default), or null. */
  private: Match<'GONOPROXY' | 'GOPRIVATE'> | null;
  /** Where go asks, in order. A private module has one step, `direct`. */
  steps: Pick<ProxyEntry, 'kind' | 'url' | 'fallsBackOn'>[];
  checksumDatabase: {
    used: boolean;
    name: string | null;
    /** `proxy` where go looks for the way through the proxies first, the URL that GOSUMDB names, or null: the database's own host. */
    via: string | null;
    /** Why it is used: `default`, `url` (GOSUMDB names one), `key` (GOSUMDB holds a key of its own), `toolchain`. Why not: `off`, `private`, `go-sum`, `file`. */
    reason: string;
    /** The pattern that keeps the module away from the database (GONOSUMDB, or GOPRIVATE by default): where the reason is `private`. */
    matched?: Match<'GONOSUMDB' | 'GOPRIVATE'>;
  };
}

export interface RouteError {
  /** `module-path`, `gopath-mode`, `go111module`, `goproxy`, `gosumdb`. */
  code: string;
  /** Go's own text. */
  message: string;
  /** The variable at fault, or empty. */
  variable: string;
  value: string;
}

export type RouteResult = { ok: true; route: Route } | { ok: false; error: RouteError };

type Verification = Route['checksumDatabase'];

/** The module as which Go releases are fetched: always verified (cmd/go/internal/modfetch/sumdb.go, `useSumDB`). */
export const toolchainModule = 'golang.org/toolchain';

/**
 * Where go will fetch and verify a module with these settings. Settings that go refuses give the error it would give.
 * `inGoSum`: go.sum holds the hashes of the version meant, so nobody is asked for them.
 */
export function routeOf(
  modulePath: string,
  settings: Pick<Settings, 'values'>,
  { inGoSum = false }: { inGoSum?: boolean } = {},
): RouteResult {
  const { values } = settings;
  const malformed = checkModulePath(modulePath);
  if (malformed) return refuse('module-path', malformed, '', modulePath);
  const mode = values.GO111MODULE.value;
  if (mode === 'off') {
    return refuse('gopath-mode', "modules disabled by GO111MODULE=off; see 'go help modules'", 'GO111MODULE', mode);
  }
  if (!['', 'auto', 'on'].includes(mode)) {
    return refuse('go111module', `unknown environment setting GO111MODULE=${mode}`, 'GO111MODULE', mode);
  }
  const match = matchOf(modulePath, settings, 'GONOPROXY');
  const list = parseGoproxy(values.GOPROXY.value);
  // Without go the default is unknown, which matters only to what is not private.
  const unknown = values.GOPROXY.source === 'default' && values.GOPROXY.value === '' && match !== null;
  if (!list.ok && !unknown) return refuse('goproxy', list.message, 'GOPROXY', values.GOPROXY.value);
  const entries = list.ok ? list.entries : [];
  const verification = verificationOf(modulePath, settings, entries, inGoSum);
  if ('error' in verification) return { ok: false, error: verification.error };
  const steps: Route['steps'] = match
    ? [{ kind: 'direct', url: null, fallsBackOn: null }]
    : entries.map(({ kind, url, fallsBackOn }) => ({ kind, url, fallsBackOn }));
  return { ok: true, route: { module: modulePath, private: match, steps, checksumDatabase: verification } };
}

/** The pattern of GONOPROXY or GONOSUMDB that a module matches; where the variable is not set it is GOPRIVATE's. */
function matchOf<V extends 'GONOPROXY' | 'GONOSUMDB'>(
  modulePath: string,
  { values }: Pick<Settings, 'values'>,
  variable: V,
): Match<V | 'GOPRIVATE'> | null {
  const { value, source } = values[variable];
  const pattern = matchingPattern(value, modulePath);
  return pattern === null ? null : { pattern, variable: source === 'default' ? 'GOPRIVATE' : variable };
}

function verificationOf(
  modulePath: string,
  settings: Pick<Settings, 'values'>,
  entries: readonly ProxyEntry[],
  inGoSum: boolean,
): Verification | { error: RouteError } {
  const { GOSUMDB, GOPROXY } = settings.values;
  const unused = { used: false, name: null, via: null };
  if (inGoSum) return { ...unused, reason: 'go-sum' };
  const toolchain = modulePath === toolchainModule;
  if (toolchain && /^file:\/\/[^,|]*$/.test(GOPROXY.value)) return { ...unused, reason: 'file' };
  if (!toolchain) {
    if (GOSUMDB.value === 'off') return { ...unused, reason: 'off' };
    const matched = matchOf(modulePath, settings, 'GONOSUMDB');
    if (matched) return { ...unused, reason: 'private', matched };
  }
  const database = parseGosumdb(GOSUMDB.value);
  const message = !database.ok ? database.message : 'checksum database disabled by GOSUMDB=off';
  if (!database.ok || database.kind === 'off') {
    return { error: { code: 'gosumdb', message, variable: 'GOSUMDB', value: GOSUMDB.value } };
  }
  const { name, url } = database;
  const via = url ?? (entries[0]?.kind === 'proxy' ? 'proxy' : null);
  const plain = GOSUMDB.value.includes('+') ? 'key' : 'default';
  return { used: true, name, via, reason: url ? 'url' : toolchain ? 'toolchain' : plain };
}

function refuse(code: string, message: string, variable: string, value: string): RouteResult {
  return { ok: false, error: { code, message, variable, value } };
}
