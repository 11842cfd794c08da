import type { ProxyEntry } from './goproxy.ts';
import type { Settings } from './settings.ts';

export interface Route {
  module: string;
  /** The pattern that keeps the module away from proxies (GONOPROXY, or GOPRIVATE by default), or null. */
  private: { pattern: string; variable: 'GONOPROXY' | 'GOPRIVATE' } | null;
  /** Where go asks, in order. A private module has one step, `direct`. */
  steps: Pick<ProxyEntry, 'kind' | 'url' | 'fallsBackOn'>[];
  checksumDatabase: {
    used: boolean;
    name: string | null;
    /** `proxy` where go looks for the way through the proxies first, the URL that GOSUMDB names, or null. */
    via: string | null;
    /** Why it is (not) used: `default`, `off`, `private`, `go-sum`, `url`, ... */
    reason: string;
  };
}

export type RouteResult =
  | { ok: true; route: Route }
  | { ok: false; error: { code: string; message: string; variable: string; value: string } };

/** Where go will fetch and verify a module with these settings. Settings that go refuses give the error it would give. */
export function routeOf(_modulePath: string, _settings: Settings): RouteResult {
  throw new Error('pending');
}
