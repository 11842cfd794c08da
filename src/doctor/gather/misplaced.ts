import { isAbsolute } from 'node:path';
import type { GoFacts } from '../../go/facts.ts';
import { quote } from '../../system/go-text.ts';
import type { DoctorFacts } from '../facts.ts';

/**
 * A GOPATH or GOMODCACHE that go refuses, in its words: the first stops every go command (cmd/go/main.go), the second each one that
 * needs the module cache (cmd/go/internal/modfetch/cache.go, `checkCacheDir`).
 */
export function misplaced({ fault, moduleCache }: GoFacts): DoctorFacts['misplaced'] {
  const [, variable, value] = /^go: (GOPATH|GOMODCACHE) entry .*?: "(.*)"\.?$/.exec(fault?.message ?? '') ?? [];
  if (variable && value !== undefined) return { variable, value, message: fault!.message };
  if (moduleCache === '' || isAbsolute(moduleCache)) return null;
  const message = `GOMODCACHE entry is relative; must be absolute path: ${quote(moduleCache)}`;
  return { variable: 'GOMODCACHE', value: moduleCache, message };
}
