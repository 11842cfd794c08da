import type { Context } from '../system/context.ts';
import { locateEnvFile } from './env-file.ts';
import type { GoFacts } from './facts.ts';
import { withoutTrace } from './go-env.ts';
import type { RouteError } from './route.ts';

/**
 * A setting that stops every go command but `go env`, or null: GOTOOLCHAIN that is no toolchain, GOFLAGS that are no flags. Which
 * flags there are only go knows, so it is asked (`go version`) where GOFLAGS is set.
 */
export async function stoppedBy(
  context: Context,
  { settings, switch: other, toolchain }: GoFacts,
): Promise<RouteError | null> {
  const { GOTOOLCHAIN, GOFLAGS } = settings.values;
  const invalid = /invalid GOTOOLCHAIN.*/.exec(other?.message ?? '')?.[0];
  if (invalid) return { code: 'gotoolchain', message: invalid, variable: 'GOTOOLCHAIN', value: GOTOOLCHAIN.value };
  if (!toolchain || !GOFLAGS.value) return null;
  const env = { ...context.env, ...withoutTrace(context, locateEnvFile(context)), GOTOOLCHAIN: 'local' };
  const { stderr } = await toolchain.ask(['version'], { env, timeoutMs: 10_000 });
  const message = /parsing [$%]GOFLAGS%?: .*/.exec(stderr)?.[0];
  return message === undefined ? null : { code: 'goflags', message, variable: 'GOFLAGS', value: GOFLAGS.value };
}
