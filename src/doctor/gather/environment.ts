import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locateEnvFile } from '../../go/env-file.ts';
import { withoutTrace } from '../../go/go-env.ts';
import type { Context } from '../../system/context.ts';

/**
 * The user's environment for questions that go answers by itself: nothing is fetched, also not from the origins of private modules,
 * which GOPROXY=off does not keep it from; no other release runs, no trace is left. Go would make a module cache that is not there,
 * however little it needs one.
 */
export function offlineEnvironment(context: Context, scratch: string, moduleCache: string): Context['env'] {
  return {
    ...context.env,
    ...withoutTrace(context, locateEnvFile(context)),
    GOPROXY: 'off',
    GONOPROXY: 'none',
    GOSUMDB: 'off',
    GOTOOLCHAIN: 'local',
    GO111MODULE: 'on',
    ...(moduleCache !== '' && !existsSync(moduleCache) ? { GOMODCACHE: join(scratch, 'none') } : {}),
    GOCACHE: join(scratch, 'build'),
    GOTMPDIR: scratch,
    TMPDIR: scratch,
  };
}
