import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type GoFacts, readGoFacts } from '../../src/go/facts.ts';
import { type SettingName, settingNames } from '../../src/go/settings.ts';
import type { Context } from '../../src/system/context.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

/** A settings file, the OS environment, and the go that reads them. */
export interface Machine {
  /** Text of the settings file; undefined: there is none. */
  file?: string | Buffer;
  env?: Record<string, string>;
  /** Path of the go command; by default this machine's. Null: none in PATH. */
  go?: string | null;
}

/** Lays a machine out in a sandbox, at the default place of the settings file. */
export async function layOut({ file, env = {}, go }: Machine): Promise<Sandbox> {
  const box = await sandbox({ env });
  if (go !== undefined) box.env.PATH = go === null ? '/usr/bin:/bin' : `${dirname(go)}:/usr/bin:/bin`;
  if (file !== undefined) {
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await writeFile(join(box.home, '.config/go/env'), file);
  }
  return box;
}

/** What go-mirror reads there. */
export function factsOf(box: Sandbox, env: Context['env'] = {}): Promise<GoFacts> {
  const signal = new AbortController().signal;
  return readGoFacts({ env: { ...box.env, ...env }, cwd: box.work, platform: process.platform, signal });
}

/** What the go of that machine says itself of every setting. */
export async function goSays(
  box: Sandbox,
  go: string,
  env: Record<string, string> = {},
): Promise<Record<SettingName, string>> {
  const { stdout, stderr, exitCode } = await box.exec(go, ['env', '-json', ...settingNames], { env });
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<SettingName, string>;
}

export function valuesOf({ settings }: GoFacts): Record<SettingName, string> {
  return Object.fromEntries(settingNames.map(name => [name, settings.values[name].value])) as Record<
    SettingName,
    string
  >;
}
