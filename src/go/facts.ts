import { dirname, join, resolve } from 'node:path';
import { type Context, variable } from '../system/context.ts';
import { rememberSecrets } from '../system/secrets.ts';
import { ignoredLines, locateEnvFile, parseEnvFile, readEnvFile } from './env-file.ts';
import { askGo, type GoEnv, withoutTrace } from './go-env.ts';
import { goflag } from './goflags.ts';
import { type Layers, settle, settleWith } from './layers.ts';
import { type Setting, type SettingName, type Settings, settingNames } from './settings.ts';
import { type Switch, switchOf } from './switch.ts';
import { findToolchain, type Toolchain } from './toolchain.ts';
import { minorOf } from './version.ts';

/** All that go says about itself in this folder. Empty strings where go is missing or does not say. */
export interface GoFacts {
  settings: Settings;
  /** The text of the settings file when it was read; null where there is none. */
  envText: string | null;
  toolchain: Toolchain | null;
  /** The other release that GOTOOLCHAIN or go.mod asks for, or null where the installed go runs itself. */
  switch: Switch | null;
  /** Why go could not be asked, in its own words (`unknown environment setting GO111MODULE=yes`); the settings are by our own rules then. */
  fault: { message: string; timedOut: boolean } | null;
  goroot: string;
  gopath: string;
  /** GOMODCACHE. */
  moduleCache: string;
  /** GOCACHE: a folder, or `off`. */
  buildCache: string;
  /** The go.mod of this folder: a path, the null device outside a module, empty with modules switched off. */
  goMod: string;
  /** The go.work of this folder: a path, `off`, or empty. */
  goWork: string;
  hostOs: string;
  hostArch: string;
  /** GOPROXY of `$GOROOT/go.env`, or null: before Go 1.21, and without go. */
  gorootGoproxy: string | null;
}

const others = [
  'GOVERSION',
  'GOROOT',
  'GOPATH',
  'GOMODCACHE',
  'GOCACHE',
  'GOMOD',
  'GOWORK',
  'GOHOSTOS',
  'GOHOSTARCH',
  'GOENV',
];
const asked = [...settingNames, ...others];

const begun = new WeakMap<Context, Promise<GoFacts>>();

/** Begins the first `readGoFacts`, and returns when go has been started: it answers while the rest of the program is loaded. */
export function beginGoFacts(context: Context): Promise<void> {
  return new Promise(resolve => {
    const facts = readNow(context, resolve);
    begun.set(context, facts);
    // What it throws is thrown by `readGoFacts`.
    facts.catch(() => resolve());
  });
}

/**
 * Asks go once, with GOTOOLCHAIN=local so that a broken or undownloaded toolchain cannot stop it, and reads the settings file and
 * `$GOROOT/go.env` beside it to know where each value comes from. Only where another release might run is go asked again.
 * Works without go, and when GOTOOLCHAIN or GOFLAGS are broken. Writes nothing.
 */
export function readGoFacts(context: Context): Promise<GoFacts> {
  const first = begun.get(context);
  begun.delete(context);
  return first ?? readNow(context);
}

async function readNow(context: Context, onAsked?: () => void): Promise<GoFacts> {
  const located = locateEnvFile(context);
  const path = located.kind === 'file' ? resolve(context.cwd, located.path) : null;
  const [toolchain, envText] = await Promise.all([findToolchain(context), path ? readEnvFile(path) : null]);
  const file = parseEnvFile(envText ?? '');
  const ignored = ignoredLines(envText ?? '');
  for (const value of [...file.values(), ...ignored.map(({ meant }) => meant)]) rememberSecrets(value);
  const layersUnder = async (env: GoEnv): Promise<Layers> => ({
    os: name => variable(context, name),
    file,
    goroot: parseEnvFile((env.GOROOT && (await readEnvFile(join(env.GOROOT, 'go.env')))) || ''),
    minor: minorOf(env.GOVERSION ?? toolchain?.version ?? null),
  });
  const quiet = withoutTrace(context, located);
  const asking = toolchain && askGo(context, toolchain, asked, { ...quiet, GOTOOLCHAIN: 'local' });
  onAsked?.();
  const answer = await asking;
  const fault = answer && !answer.ok ? { message: answer.message, timedOut: answer.timedOut } : null;
  const local = answer?.ok ? answer.values : toolchain && !fault?.timedOut ? await askPlainly(context, toolchain) : {};
  const layers = await layersUnder(local);
  const wanted = settle('GOTOOLCHAIN', layers).value;
  const switched = toolchain && answer?.ok ? await switchOf(context, toolchain, { wanted, local, asked, quiet }) : null;
  const env = switched?.env ?? local;
  const running = switched?.env ? await layersUnder(env) : layers;
  return {
    settings: {
      go: toolchain && { version: env.GOVERSION ?? toolchain.version ?? '', path: toolchain.path },
      envFile: { path, exists: envText !== null, off: located.kind === 'off', ignored },
      values: settleAll(running, layers, env, fault !== null),
    },
    envText,
    toolchain,
    switch: switched && { wanted: switched.wanted, available: switched.env !== null, message: switched.message },
    fault,
    goroot: env.GOROOT ?? '',
    gopath: env.GOPATH ?? '',
    moduleCache: env.GOMODCACHE ?? '',
    buildCache: env.GOCACHE ?? '',
    goMod: alternative(context, env) ?? env.GOMOD ?? '',
    goWork: env.GOWORK ?? '',
    hostOs: env.GOHOSTOS ?? '',
    hostArch: env.GOHOSTARCH ?? '',
    gorootGoproxy: running.goroot.get('GOPROXY') ?? null,
  };
}

/** The file that `-modfile` in GOFLAGS names in place of go.mod (cmd/go/internal/modload/init.go, `modFilePath`). */
function alternative({ cwd }: Context, { GOFLAGS = '', GOMOD = '' }: GoEnv): string | null {
  const file = goflag(GOFLAGS, 'modfile');
  return file && GOMOD.endsWith('go.mod') ? resolve(cwd, file) : null;
}

/** What go prints for GOPROXY when nobody has set it, or null where it cannot be had (no go). */
export async function readOfficialGoproxy(context: Context, facts: GoFacts): Promise<string | null> {
  if (facts.gorootGoproxy !== null) return facts.gorootGoproxy;
  const { value, source } = facts.settings.values.GOPROXY;
  if (source === 'default' && value) return value;
  return (facts.toolchain && (await askPlainly(context, facts.toolchain)).GOPROXY) || null;
}

/**
 * GOTOOLCHAIN is as the installed go takes it, by our own rules, as go was told `local` (before 1.21 it knows no such thing); after a
 * fault the rest is too, but for what is built in.
 */
function settleAll(layers: Layers, installed: Layers, env: GoEnv, faulty: boolean): Record<SettingName, Setting> {
  const settled = settingNames.map(name => {
    const own = settle(name, layers);
    if (name === 'GOTOOLCHAIN' && (installed.minor ?? 21) >= 21) return [name, settle(name, installed)];
    if (!faulty) return [name, settleWith(name, layers, env[name])];
    return [name, own.source === 'default' && !own.value ? { ...own, value: env[name] ?? '' } : own];
  });
  return Object.fromEntries(settled) as Record<SettingName, Setting>;
}

/** What go says where nothing of the user's is in effect, neither variables nor file nor folder; nothing where it does not answer. */
async function askPlainly({ platform, signal, env }: Context, toolchain: Toolchain): Promise<GoEnv> {
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'LOCALAPPDATA', 'APPDATA'];
  const plain = Object.fromEntries(kept.map(name => [name, variable({ env, platform }, name)]));
  const context: Context = { env: plain, cwd: dirname(toolchain.path), platform, signal };
  const quiet = withoutTrace(context, { kind: 'off' });
  const answer = await askGo(context, toolchain, asked, { ...quiet, GOENV: 'off', GOTOOLCHAIN: 'local' });
  return answer.ok ? answer.values : {};
}
