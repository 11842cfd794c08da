import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onCleanup } from '../cleanup.ts';
import { type Ended, startProcess } from '../process.ts';
import { goFolder, removeTree } from '../sandbox.ts';
import type { LabCase } from './case.ts';
import { certificatesFor, type Supplies, supplies } from './supplies.ts';
import type { World } from './world/world.ts';
import { worlds } from './worlds.ts';

/** A machine in a world of its own: network and mount namespaces, HOME, project and settings of one case. */
export interface Machine {
  readonly home: string;
  readonly project: string;
  /** Fills `{home}`, `{project}`, `{official}`, `{go}` and `{lab}` in. */
  fill(text: string): string;
  go(args: readonly string[], seconds: number): Promise<Ended>;
  doctor(args: readonly string[], seconds: number): Promise<Ended>;
  /** What the module proxies and databases of the world have been asked for since `forget`. */
  asked(): Promise<{ host: string; path: string }[]>;
  forget(): Promise<void>;
  /** Removes the machine and its world. */
  remove(): Promise<void>;
}

const defaultProject = { 'go.mod': 'module example.test/app\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n' };

export async function startMachine(lab: LabCase): Promise<Machine> {
  const stock = await supplies();
  const root = await mkdtemp(join(await realpath(tmpdir()), 'go-mirror-machine-'));
  await chmod(root, 0o755);
  const home = join(root, 'home');
  const project = join(root, 'project');
  const fill = (text: string) =>
    text
      .replaceAll('{official}', stock.official)
      .replaceAll('{home}', home)
      .replaceAll('{project}', project)
      .replaceAll('{go}', goFolder)
      .replaceAll('{lab}', root);

  await mkdir(home);
  await writeFiles(project, lab.project ?? defaultProject, fill);
  await writeFiles(home, lab.home ?? {}, fill);
  if (lab.settings !== undefined) await writeFiles(home, { '.config/go/env': lab.settings }, fill);
  await writeFiles(
    root,
    {
      'ca.pem': stock.trusted.cert,
      'corporate.pem': stock.corporate.cert,
      'both.pem': stock.trusted.cert + stock.corporate.cert,
      'empty.pem': '',
    },
    text => text,
  );

  const { pid, end } = await startWorld(worldOf(lab, stock, root, fill), root, stock.program);
  const remove = onCleanup(async () => {
    await end();
    await removeTree(root);
  });
  const env = environment(lab, root, home, fill);
  const run = (user: number, file: string, args: readonly string[], seconds: number): Promise<Ended> => {
    const as = user === 0 ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
    const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const inside = [...as, '/usr/bin/env', '-i', '-C', project, ...settings, file, ...args];
    return startProcess('nsenter', ['-t', String(pid), '-n', '-m', '--', ...inside], {
      env: { PATH: process.env.PATH ?? '' },
      cwd: root,
      timeoutMs: seconds * 1000,
    }).ended;
  };
  if (lab.before) {
    const ended = await run(0, '/bin/sh', ['-euc', fill(lab.before)], 30);
    if (ended.exitCode !== 0) throw new Error(`${lab.id}: its set-up failed: ${ended.stdout}${ended.stderr}`);
  }
  const user = lab.user ?? 0;
  const requests = join(root, 'requests.log');
  await rm(requests, { force: true });
  if (user !== 0) await giveTo(user, (lab.keep ?? []).map(fill), home, project);
  return {
    home,
    project,
    fill,
    go: (args, seconds) => run(user, join(goFolder, 'go'), args, seconds),
    doctor: (args, seconds) => run(user, process.execPath, [stock.command, 'doctor', ...args], seconds),
    asked: async () => {
      const text = await readFile(requests, 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter(Boolean)
        .map(line => ({ host: line.slice(0, line.indexOf(' ')), path: line.slice(line.indexOf(' ') + 1) }));
    },
    forget: () => rm(requests, { force: true }),
    remove,
  };
}

function worldOf(lab: LabCase, stock: Supplies, root: string, fill: (text: string) => string): World {
  const own = lab.hosts ?? [];
  const named = new Set(own.map(host => host.names[0]));
  const hosts = [...own, ...worlds[lab.world ?? 'open'].filter(host => !named.has(host.names[0]))];
  const names = [...new Set(hosts.flatMap(host => host.names))].map(fill);
  return {
    hosts: JSON.parse(fill(JSON.stringify(hosts))),
    nameServer: lab.nameServer ?? 'ok',
    ipv6Only: lab.ipv6Only ?? false,
    offline: lab.offline ?? false,
    modules: stock.modules,
    sumdb: stock.sumdb,
    folder: root,
    certificates: certificatesFor(stock, names),
    binds: { [systemBundle]: join(root, lab.systemAuthorities === 'none' ? 'empty.pem' : 'ca.pem') },
  };
}

/** Where git looks for authorities on this system, and go when no variable says otherwise. */
const systemBundle = '/etc/ssl/certs/ca-certificates.crt';

async function startWorld(world: World, root: string, program: string) {
  const file = join(root, 'world.json');
  await writeFile(file, JSON.stringify(world));
  const child = spawn('unshare', ['--net', '--mount', process.execPath, program, file], {
    env: { PATH: process.env.PATH ?? '', HOME: root },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', chunk => String(chunk).includes('ready') && resolve());
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`The world of a case ended with ${code}.`)));
  });
  const end = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  return { pid: child.pid!, end };
}

function environment(lab: LabCase, root: string, home: string, fill: (text: string) => string): Record<string, string> {
  const env: Record<string, string | null> = {
    PATH: `${goFolder}:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: home,
    LANG: 'C.UTF-8',
    SSL_CERT_FILE: join(root, 'ca.pem'),
    ...lab.env,
  };
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === null ? [] : [[name, fill(value)]])),
  );
}

async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  fill: (text: string) => string,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, fill(content), {
      mode: name.startsWith('.netrc') ? 0o600 : name.startsWith('bin/') ? 0o755 : 0o644,
    });
  }
}

async function giveTo(user: number, keep: readonly string[], ...folders: string[]): Promise<void> {
  for (const folder of folders) {
    await chown(folder, user, user);
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!keep.some(kept => path.startsWith(kept))) await chown(path, user, user);
    }
  }
}
