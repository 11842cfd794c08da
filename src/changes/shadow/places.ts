import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Context, homeFolder } from '../../system/context.ts';
import { readText } from '../../system/regular-file.ts';
import type { Reader } from './assignments.ts';

/** A file that may put variables into the environment. */
export interface Place {
  file: string;
  reader: Reader;
}

/** Every such file that is there, with its text: nearest to the working folder first, then the user's own, then the machine's. */
export async function* placesOf(context: Context): AsyncGenerator<Place & { text: string }> {
  const seen = new Set<string>();
  let waiting = await candidates(context);
  // What these files take up is read too, a few levels deep.
  for (let depth = 0; depth < 4 && waiting.length > 0; depth++) {
    const taken: Place[] = [];
    for (const place of waiting) {
      if (seen.has(place.file) || seen.size > mostFiles) continue;
      seen.add(place.file);
      const text = await readText(place.file);
      if (text === null) continue;
      yield { ...place, text };
      taken.push(...(await takenUp(context, place, text)));
    }
    waiting = taken;
  }
}

const mostFiles = 400;

async function candidates(context: Context): Promise<Place[]> {
  const { env, cwd, platform } = context;
  const home = homeFolder(context);
  const config = env.XDG_CONFIG_HOME || (home && join(home, '.config'));
  const zsh = env.ZDOTDIR || home;
  const as = (reader: Reader, folder: string | null | undefined, ...names: string[]): Place[] =>
    folder ? names.map(name => ({ file: join(folder, name), reader })) : [];
  const all = async (reader: Reader, folder: string | null, ending: string): Promise<Place[]> =>
    folder ? as(reader, folder, ...(await listed(folder, ending))) : [];
  const near = folders(cwd).flatMap(folder => [
    ...as('posix', folder, '.envrc'),
    ...as('toml', folder, 'mise.local.toml', 'mise.toml', '.mise.toml', '.mise.local.toml', '.config/mise.toml'),
    ...as('environment', folder, '.env', '.env.local'),
    ...as('json', folder, '.vscode/settings.json'),
    ...as('xml', folder, '.idea/workspace.xml'),
  ]);
  const code = platform === 'darwin' ? home && join(home, 'Library/Application Support') : config;
  const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor'];
  return [
    ...near,
    ...as('posix', home, ...bashFiles),
    ...as('csh', home, '.cshrc', '.tcshrc', '.login'),
    ...as('pam', home, '.pam_environment'),
    ...as('posix', zsh, '.zshrc', '.zshenv', '.zprofile', '.zlogin'),
    ...(await all('posix', home && join(home, '.bashrc.d'), '')),
    ...(await all('posix', home && join(home, '.zshrc.d'), '')),
    ...(await all('posix', home && join(home, '.profile.d'), '')),
    ...as('fish', config, 'fish/config.fish', 'fish/fish_variables'),
    ...(await all('fish', config && join(config, 'fish/conf.d'), '.fish')),
    ...as('powershell', config, 'powershell/profile.ps1', 'powershell/Microsoft.PowerShell_profile.ps1'),
    ...(platform === 'win32' ? as('powershell', home, ...windowsProfiles) : []),
    ...as('nu', config, 'nushell/env.nu', 'nushell/config.nu'),
    ...(await all('nu', config && join(config, 'nushell/autoload'), '.nu')),
    ...as('xonsh', home, '.xonshrc'),
    ...as('xonsh', config, 'xonsh/rc.xsh'),
    ...as('elvish', config, 'elvish/rc.elv'),
    ...as('elvish', home, '.elvish/rc.elv'),
    ...(await all('environment', config && join(config, 'environment.d'), '.conf')),
    ...as('toml', config, 'mise/config.toml', 'mise/config.local.toml'),
    ...as('posix', config, 'direnv/direnvrc'),
    ...as('json', code, ...editors.map(name => `${name}/User/settings.json`)),
    ...as('json', home, '.vscode-server/data/Machine/settings.json'),
    ...(await all('xml', home && join(home, 'Library/LaunchAgents'), '.plist')),
    ...as('environment', '/etc', 'environment'),
    ...as('posix', '/etc', ...machineFiles),
    ...as('csh', '/etc', 'csh.cshrc', 'csh.login'),
    ...as('fish', '/etc', 'fish/config.fish'),
    ...as('systemd', '/etc/systemd', 'system.conf', 'user.conf'),
    ...(await all('posix', '/etc/profile.d', '.sh')),
    ...(await all('environment', '/etc/environment.d', '.conf')),
    ...(await all('environment', '/usr/lib/environment.d', '.conf')),
  ];
}

const bashFiles = ['.bashrc', '.bash_profile', '.bash_login', '.profile', '.bash_aliases', '.kshrc'];
const windowsProfiles = ['PowerShell', 'WindowsPowerShell'].flatMap(folder =>
  ['profile.ps1', 'Microsoft.PowerShell_profile.ps1'].map(name => `Documents/${folder}/${name}`),
);
const machineFiles = [
  'profile',
  'bash.bashrc',
  'bashrc',
  'zsh/zshenv',
  'zsh/zshrc',
  'zsh/zprofile',
  'zshenv',
  'zshrc',
  'zprofile',
  'launchd.conf',
];

function folders(start: string): string[] {
  const up = dirname(start);
  return up === start ? [start] : [start, ...folders(up)];
}

async function listed(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(name => name.endsWith(ending)).sort();
}

/** How a file takes up others: `source FILE`, `. FILE`; `*` in the last part of a path stands for each file of the folder. */
const takes: Readonly<Partial<Record<Reader, RegExp>>> = {
  posix: /(?:^|[;&|{]\s*|\b(?:then|do)\s+)(?:source|\.|source_env|dotenv)\s+["']?([^\s"';&|)]+)/g,
  fish: /(?:^|;\s*)source\s+["']?([^\s"';]+)/g,
  csh: /(?:^|;\s*)source\s+["']?([^\s"';]+)/g,
  powershell: /(?:^|;\s*)\.\s+["']?([^\s"';]+\.ps1)/g,
  nu: /^\s*(?:source|source-env|use)\s+["']?([^\s"';]+\.nu)/g,
};

async function takenUp(context: Context, { file, reader }: Place, text: string): Promise<Place[]> {
  const pattern = takes[reader];
  if (!pattern) return [];
  const home = homeFolder(context);
  const names = text
    .split('\n')
    .filter(line => !line.trimStart().startsWith('#'))
    .flatMap(line => [...line.matchAll(pattern)].map(([, name]) => name!));
  const paths = names.flatMap(name => {
    const path = name
      .replace(/^~(?=\/|$)/, home ?? '~')
      .replace(/\$(?:\{(\w+)\}|env:(\w+)|(\w+))/g, (whole, ...found: (string | undefined)[]) => {
        const variable = found.slice(0, 3).find(one => one !== undefined)!;
        return variable === 'HOME' ? (home ?? whole) : (context.env[variable] ?? whole);
      });
    return /[$`]/.test(path) ? [] : [resolve(dirname(file), path)];
  });
  const found = await Promise.all(
    paths.map(async path => {
      if (!path.endsWith('*')) return [path];
      const folder = dirname(path);
      return (await listed(folder, '')).map(name => join(folder, name));
    }),
  );
  return found.flat().map(path => ({ file: path, reader: /\.env$/.test(path) ? 'environment' : reader }));
}
