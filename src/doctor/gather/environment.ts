import { join } from 'node:path';
import { locateEnvFile } from '../../go/env-file.ts';
import { withoutTrace } from '../../go/go-env.ts';
import type { Context } from '../../system/context.ts';

/** The user's environment for questions that go answers by itself: nothing is fetched, no other release runs, no trace is left. */
export function offlineEnvironment(context: Context, scratch: string): Context['env'] {
  return {
    ...context.env,
    ...withoutTrace(context, locateEnvFile(context)),
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    GO111MODULE: 'on',
    GOCACHE: join(scratch, 'build'),
    GOTMPDIR: scratch,
    TMPDIR: scratch,
  };
}
