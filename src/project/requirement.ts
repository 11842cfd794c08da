import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { locateEnvFile } from '../go/env-file.ts';
import type { GoFacts } from '../go/facts.ts';
import { withoutTrace } from '../go/go-env.ts';
import type { Context } from '../system/context.ts';

/** What the main module of the working folder says about another module. */
export interface Requirement {
  /** The version meant: the one given, else the one that go.mod requires; null: neither. */
  version: string | null;
  /** What a `replace` puts in its place: `PATH VERSION`, or a folder. */
  replacement: { target: string; local: boolean } | null;
  /** go.sum or go.work.sum holds the hashes of its zip and of its go.mod. */
  inGoSum: boolean;
}

interface Edited {
  Require?: { Path: string; Version: string }[] | null;
  Replace?: { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[] | null;
}

/**
 * Asks `go mod edit -json` and reads go.sum; outside a module, or where go.mod is broken, nothing is known. The installed go is asked,
 * with harmless flags, so that nothing is downloaded and broken settings do not stop it.
 */
export async function readRequirement(
  context: Context,
  facts: GoFacts,
  path: string,
  given: string | null,
): Promise<Requirement> {
  const { toolchain, goMod, goWork } = facts;
  const none: Requirement = { version: given, replacement: null, inGoSum: false };
  if (!toolchain || !/go\.mod$/.test(goMod)) return none;
  const quiet = withoutTrace(context, locateEnvFile(context));
  const env = { ...context.env, ...quiet, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
  const ended = await toolchain.run(['mod', 'edit', '-json', goMod], { env, timeoutMs: 10_000 });
  const main = ended.exitCode === 0 ? (JSON.parse(ended.stdout) as Edited) : {};
  const version = given ?? main.Require?.find(required => required.Path === path)?.Version ?? null;
  const replaced = main.Replace?.find(({ Old }) => Old.Path === path && (!Old.Version || Old.Version === version))?.New;
  const sums = [join(dirname(goMod), 'go.sum'), ...(goWork && goWork !== 'off' ? [`${goWork}.sum`] : [])];
  const texts = await Promise.all(sums.map(file => readFile(file, 'utf8').catch(() => '')));
  return {
    version,
    replacement: replaced
      ? { target: [replaced.Path, replaced.Version].filter(Boolean).join(' '), local: !replaced.Version }
      : null,
    inGoSum: version !== null && hasSums(texts.join('\n'), path, version),
  };
}

function hasSums(text: string, path: string, version: string): boolean {
  const lines = text.split(/\r?\n/);
  return [version, `${version}/go.mod`].every(name => lines.some(line => line.startsWith(`${path} ${name} h1:`)));
}
