import { mkdir, readdir, symlink } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { locateEnvFile } from '../go/env-file.ts';
import { type Context, homeFolder } from '../system/context.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a go that runs for a trial: the user's, but what go makes lies in the folder given, module cache, build cache,
 * memory of the checksum database, temporary files and the count of its own runs (telemetry). No other release runs and no
 * workspace is read; nobody is asked for a login.
 */
export async function trialEnvironment(context: Context, folder: string): Promise<Variables> {
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  return {
    ...context.env,
    ...absolutePlaces(context),
    ...(await movedConfiguration(context, join(folder, 'config'))),
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOMODCACHE: join(folder, 'mod'),
    GOPATH: join(folder, 'path'),
    GOCACHE: join(folder, 'build'),
    GOTMPDIR: temporary,
    TMPDIR: temporary,
    GIT_TERMINAL_PROMPT: '0',
  };
}

/** What go looks for from the folder in which it runs, which is another one here. */
function absolutePlaces({ env, cwd }: Context): Variables {
  const places = ['NETRC', 'SSL_CERT_FILE', 'SSL_CERT_DIR'].filter(name => env[name]);
  const absolute = (list: string): string =>
    list
      .split(delimiter)
      .map(place => place && resolve(cwd, place))
      .join(delimiter);
  return Object.fromEntries(places.map(name => [name, absolute(env[name]!)]));
}

/**
 * Go counts its runs below the configuration folder, where git and its helpers read too: go gets a folder of its own in which all
 * but its own part leads to the user's. Elsewhere than on Linux the folder cannot be moved.
 */
async function movedConfiguration(context: Context, folder: string): Promise<Variables> {
  const settings = locateEnvFile(context);
  if (context.platform === 'win32' || context.platform === 'darwin' || settings.kind === 'none') return {};
  const home = homeFolder(context);
  const own = context.env.XDG_CONFIG_HOME || (home && join(home, '.config'));
  await mkdir(folder, { recursive: true });
  for (const name of own ? await readdir(own).catch(() => []) : []) {
    if (name !== 'go') await symlink(join(own!, name), join(folder, name)).catch(() => {});
  }
  return { XDG_CONFIG_HOME: folder, GOENV: settings.kind === 'off' ? 'off' : resolve(context.cwd, settings.path) };
}
