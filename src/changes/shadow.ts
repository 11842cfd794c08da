import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Context, homeFolder, variable } from '../system/context.ts';
import { runProcess } from '../system/process.ts';

/** The line of a file, or the place in the registry, that puts a variable into the environment. */
export interface ShadowOrigin {
  file: string;
  /** 1 for the first line; null in the registry. */
  line: number | null;
  text: string;
  /** `user` or `machine` in the registry of Windows, else null. */
  scope: 'user' | 'machine' | null;
}

export interface Shadow {
  variable: string;
  value: string;
  /** The likely place, or null where none was found (a parent process, an editor, a container). */
  origin: ShadowOrigin | null;
  /** What clears it in the shell of the user. */
  clear: string;
}

/** Where a variable of the environment probably comes from, and how to clear it. Reads shell files, on Windows the registry. */
export async function findShadow(context: Context, name: string): Promise<Shadow> {
  const value = variable(context, name) ?? '';
  const origin = context.platform === 'win32' ? await inRegistry(context, name) : await inFiles(context, name, value);
  return { variable: name, value, origin, clear: clearCommand(context, name, origin) };
}

/** The file whose last line for this variable sets the value that is in effect; else the first file that sets it at all. */
async function inFiles(context: Context, name: string, value: string): Promise<ShadowOrigin | null> {
  let any: ShadowOrigin | null = null;
  for (const file of await candidates(context)) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = settingLines(text, name).map(({ line, text }) => ({ file, line, text, scope: null }));
    const last = found.at(-1);
    if (last?.text.includes(value)) return last;
    any ??= last ?? null;
  }
  return any;
}

/** The lines that set a variable: of shells and fish (also its universal variables), environment files, and launchd. */
export function settingLines(text: string, name: string): { line: number; text: string }[] {
  const patterns = [
    `^(?:\\w+=\\S*\\s+)*${name}(?:=|\\s+DEFAULT=)`,
    `\\b(?:export|declare\\s+-\\w*x|typeset\\s+-\\w*x)\\s+(?:\\w+=\\S*\\s+)*${name}=`,
    `\\bsetenv\\s+${name}\\s`,
    `\\bset\\s+(?:-\\S+\\s+)+${name}\\s`,
    `^SETUVAR\\s.*\\b${name}:`,
  ];
  const sets = new RegExp(patterns.join('|'));
  return text
    .split('\n')
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(({ text: line }) => !line.startsWith('#') && sets.test(line));
}

/** Nearest to the working folder first, then the user's own, then the machine's. */
async function candidates(context: Context): Promise<string[]> {
  const home = homeFolder(context);
  const config = context.env.XDG_CONFIG_HOME || (home && join(home, '.config'));
  const fish = config ? [join(config, 'fish/config.fish'), join(config, 'fish/fish_variables')] : [];
  const zsh = context.env.ZDOTDIR || home;
  return [
    ...folders(context.cwd).map(folder => join(folder, '.envrc')),
    ...(home ? bashFiles.map(name => join(home, name)) : []),
    ...(zsh ? zshFiles.map(name => join(zsh, name)) : []),
    ...fish,
    ...(config ? await listed(join(config, 'fish/conf.d'), '.fish') : []),
    ...(config ? await listed(join(config, 'environment.d'), '.conf') : []),
    ...(home ? await listed(join(home, 'Library/LaunchAgents'), '.plist') : []),
    ...machineFiles,
    ...(await listed('/etc/profile.d', '.sh')),
    ...(await listed('/etc/environment.d', '.conf')),
    ...(await listed('/usr/lib/environment.d', '.conf')),
  ];
}

const bashFiles = [
  '.bashrc',
  '.bash_profile',
  '.bash_login',
  '.profile',
  '.bash_aliases',
  '.pam_environment',
  '.cshrc',
  '.tcshrc',
  '.kshrc',
];
const zshFiles = ['.zshrc', '.zshenv', '.zprofile', '.zlogin'];
const machineFiles = [
  '/etc/environment',
  '/etc/profile',
  '/etc/bash.bashrc',
  '/etc/bashrc',
  '/etc/zsh/zshenv',
  '/etc/zsh/zshrc',
  '/etc/zsh/zprofile',
  '/etc/zshenv',
  '/etc/zshrc',
  '/etc/zprofile',
  '/etc/fish/config.fish',
  '/etc/csh.cshrc',
  '/etc/launchd.conf',
];

function folders(start: string): string[] {
  const up = dirname(start);
  return up === start ? [start] : [start, ...folders(up)];
}

async function listed(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => name.endsWith(ending))
    .sort()
    .map(name => join(folder, name));
}

const registryKeys = [
  { scope: 'user', key: 'HKCU\\Environment' },
  { scope: 'machine', key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment' },
] as const;

async function inRegistry(context: Context, name: string): Promise<ShadowOrigin | null> {
  for (const { scope, key } of registryKeys) {
    const ended = await runProcess(context, 'reg', ['query', key, '/v', name], { timeoutMs: 3000 });
    const text = ended.exitCode === 0 ? ended.stdout.split(/\r?\n/).find(line => line.includes('REG_')) : undefined;
    if (text !== undefined) return { file: key, line: null, text: text.trim(), scope };
  }
  return null;
}

function clearCommand({ env, platform }: Context, name: string, origin: ShadowOrigin | null): string {
  if (platform === 'win32') {
    if (origin?.scope) {
      const scope = origin.scope === 'user' ? 'User' : 'Machine';
      return `powershell -Command "[Environment]::SetEnvironmentVariable('${name}', $null, '${scope}')"`;
    }
    return env.PROMPT ? `set ${name}=` : `Remove-Item Env:${name}`;
  }
  if (/\bfish$/.test(env.SHELL ?? '')) {
    return origin?.file.endsWith('fish_variables') ? `set -Ue ${name}` : `set -e ${name}`;
  }
  return /\b(t?csh)$/.test(env.SHELL ?? '') ? `unsetenv ${name}` : `unset ${name}`;
}
