import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type CertificateAuthority, certificateAuthority } from '../certificates.ts';
import { onCleanup } from '../cleanup.ts';
import { moduleTree } from '../modules.ts';
import { goFolder, removeTree } from '../sandbox.ts';
import { sumdbReplica } from '../sumdb.ts';
import type { CertificateKind, World } from './world/world.ts';

/** What all worlds of a run share: the built program of a world, module data, authorities. */
export interface Supplies {
  program: string;
  /** A copy of the built go-mirror, which any user may read. */
  command: string;
  modules: string;
  sumdb: string;
  /** Host of the toolchain's own default proxy. */
  official: string;
  /** The authority that machines trust, and that of a company's gateway. */
  trusted: CertificateAuthority;
  corporate: CertificateAuthority;
}

let shared: Promise<Supplies> | undefined;

/** Made once a process. */
export const supplies = (): Promise<Supplies> => {
  shared ??= makeSupplies();
  return shared;
};

async function makeSupplies(): Promise<Supplies> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'go-mirror-worlds-'));
  onCleanup(() => removeTree(folder));
  const program = join(folder, 'world.mjs');
  const { build } = await import('rolldown');
  await build({
    input: join(import.meta.dirname, 'world/main.ts'),
    platform: 'node',
    logLevel: 'warn',
    output: { file: program, format: 'esm', codeSplitting: false },
  });
  const repository = resolve(import.meta.dirname, '../../..');
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(join(repository, part), join(folder, 'go-mirror', part), { recursive: true });
  }
  await chmod(folder, 0o755);
  return {
    program,
    command: join(folder, 'go-mirror/bin/go-mirror.js'),
    modules: await moduleTree(),
    sumdb: (await sumdbReplica()).folder,
    official: await officialHost(folder),
    trusted: certificateAuthority(),
    corporate: certificateAuthority({ name: 'Corp Gateway CA' }),
  };
}

async function officialHost(home: string): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: home, GOENV: 'off', GOTOOLCHAIN: 'local' };
  const { stdout } = await promisify(execFile)(join(goFolder, 'go'), ['env', 'GOPROXY'], { env });
  return new URL(stdout.split(',')[0]!).host;
}

const day = 86_400_000;

/** One certificate of each kind, for these names. */
export function certificatesFor({ trusted, corporate }: Supplies, names: readonly string[]): World['certificates'] {
  const ago = (days: number) => new Date(Date.now() - days * day);
  const made: Record<CertificateKind, { cert: string; key: string }> = {
    trusted: trusted.leaf({ names }),
    'unknown-authority': certificateAuthority({ name: 'Somebody CA' }).leaf({ names }),
    expired: trusted.leaf({ names, notBefore: ago(90), notAfter: ago(3) }),
    'not-yet': trusted.leaf({ names, notBefore: ago(-5) }),
    'wrong-name': trusted.leaf({ names: ['other.example.net'] }),
    'no-chain': trusted.intermediate({ incomplete: true }).leaf({ names }),
    chain: trusted.intermediate().leaf({ names }),
    corporate: corporate.leaf({ names }),
  };
  return made;
}
