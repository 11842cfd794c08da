import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { onCleanup } from '../../test/lab/cleanup.ts';
import { type EmulatedMirror, emulatedNetwork } from '../../test/lab/link.ts';
import { copyProject, moduleTree } from '../../test/lab/modules.ts';
import { command, type Sandbox, sandbox } from '../../test/lab/sandbox.ts';
import { sumdbReplica } from '../../test/lab/sumdb.ts';

/**
 * A machine at the end of emulated lines, where these names lead to mirrors and no other name exists: the lab's project of 106
 * modules in it, and its settings file. `doctor` runs the built command there and returns what it prints.
 */
export async function machineBehind(
  mirrors: readonly (EmulatedMirror & { names: readonly [string] })[],
  settings: string,
): Promise<{ doctor(args: readonly string[], env: Record<string, string>): Promise<string> }> {
  const files = { tree: await moduleTree(), sumdb: (await sumdbReplica()).folder };
  const network = await emulatedNetwork(mirrors, files);
  const box = await sandbox({ env: { GOMAXPROCS: '2' } });
  box.env.SSL_CERT_FILE = network.ca.writeTo(box.root);
  await copyProject(join(box.home, 'project'));
  await box.go(['env', '-w', ...settings.split('\n')]);
  const names = mirrors.map((mirror, index) => `${mirror.names[0]}=${network.addresses[index]}`);
  const pid = await nameServer(box, network.namespace, names);
  return {
    async doctor(args, env) {
      const inside = ['-t', String(pid), '-n', '-m', `--wd=${join(box.home, 'project')}`, '--'];
      const { stdout, stderr } = await box.exec('nsenter', [...inside, process.execPath, command, 'doctor', ...args], {
        env,
      });
      if (stdout === '') throw new Error(stderr);
      return stdout;
    },
  };
}

/** Starts the name server in mount and network namespaces that last as long as it; returns its process id. */
async function nameServer(box: Sandbox, namespace: string, names: readonly string[]): Promise<number> {
  const resolver = join(box.root, 'resolv.conf');
  await writeFile(resolver, 'nameserver 127.0.0.1\n');
  const program = ['--import', resolve(import.meta.dirname, '../register.mjs'), join(import.meta.dirname, 'names.ts')];
  const inside = [`--net=/run/netns/${namespace}`, 'unshare', '--mount', process.execPath, ...program];
  const child = spawn('nsenter', [...inside, resolver, ...names], { stdio: ['pipe', 'pipe', 'inherit'] });
  onCleanup(async () => {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return child.pid!;
}
