import type { Context } from '../system/context.ts';
import { readText } from '../system/regular-file.ts';
import { askGo, type GoEnv } from './go-env.ts';
import { parseGoMod } from './mod-file.ts';
import { type Toolchain, toolchainIn } from './toolchain.ts';
import { isNewer, minorOf } from './version.ts';

/** Another Go release that has to run in place of the installed one (https://go.dev/doc/toolchain). */
export interface Switch {
  /** The release or the GOTOOLCHAIN value that asks for it. */
  wanted: string;
  /** False: it is not on this machine, so the first go command that needs it downloads it through GOPROXY. */
  available: boolean;
  /** What go says where it cannot run it (`invalid GOTOOLCHAIN "bogus"`), or empty. */
  message: string;
}

interface Question {
  /** GOTOOLCHAIN in effect. */
  wanted: string;
  local: GoEnv;
  asked: readonly string[];
  /** Overrides of the environment under which asking leaves no trace. */
  quiet: Readonly<Record<string, string>>;
}

/** Nothing can be fetched under these, and a toolchain of the module cache is taken without asking the checksum database. */
const offline = { GOPROXY: 'file:///nonexistent', GOSUMDB: 'off' };

/**
 * The release that runs in this folder in place of the installed one: what it says (`env`, null where it is not on this machine).
 * Null where the installed one runs. Nobody is contacted: go is asked offline which release it is, then that one itself.
 */
export async function switchOf(
  context: Context,
  toolchain: Toolchain,
  { wanted, local, asked, quiet }: Question,
): Promise<{ wanted: string; env: GoEnv | null; message: string } | null> {
  const release = await releaseWanted(wanted, local);
  if (!release) return null;
  const found = await askGo(context, toolchain, ['GOVERSION', 'GOROOT'], { ...quiet, ...offline });
  if (!found.ok) return { wanted: release, env: null, message: found.message };
  const { GOVERSION, GOROOT = '' } = found.values;
  if (GOVERSION === local.GOVERSION) return null;
  const other = toolchainIn(context, GOROOT);
  const answer = await askGo(context, other, asked, { ...quiet, GOROOT, GOTOOLCHAIN: 'local' });
  if (!answer.ok) return { wanted: release, env: null, message: answer.message };
  return { wanted: release, env: answer.values, message: '' };
}

/** A cheap look at whether another release might be wanted, as `toolchain.Select` (cmd/go/internal/toolchain/select.go). */
async function releaseWanted(value: string, local: GoEnv): Promise<string | null> {
  const installed = local.GOVERSION ?? '';
  if (value === '' || (minorOf(installed) ?? Number.POSITIVE_INFINITY) < 21) return null;
  const [first, suffix] = value.split('+') as [string, string?];
  const named = first !== 'local' && first !== 'auto' && first !== 'path';
  if (named && first !== installed) return first;
  if (first === 'local' && suffix === undefined) return null;
  if (named && suffix === undefined) return null;
  const file = local.GOWORK && local.GOWORK !== 'off' ? local.GOWORK : local.GOMOD;
  return file ? newestIn(file, installed) : null;
}

/** The release that a go.mod or go.work asks for, where it is newer than the installed one. */
async function newestIn(file: string, installed: string): Promise<string | null> {
  const text = (await readText(file)) ?? '';
  const { toolchain, go: language } = parseGoMod(text);
  if (toolchain === 'default') return null;
  if (toolchain && isNewer(toolchain, installed)) return toolchain;
  return language && isNewer(language, installed) ? `go${language}` : null;
}
