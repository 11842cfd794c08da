import { copyFile, rm } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { execute } from './machine.ts';
import { prepared } from './store.ts';

/** The lines of Node.js that tests run: those supported, and one that is too old. */
export const nodeLines = ['18', '20.19', '22', '24', '26'] as const;

/**
 * Path of the executable of another Node.js line (`18`, `20.19`, `22` …), taken from npm once; nothing else of it is kept.
 * Throws where it cannot be had: a test that needs it fails, and says why.
 */
export async function nodeRelease(line: (typeof nodeLines)[number]): Promise<string> {
  const name = `node-linux-${arch()}`;
  const folder = await prepared(`node${line}`, [name], async to => {
    await execute('npm', ['install', '--no-save', '--prefix', to, `${name}@${line}`]);
    await copyFile(join(to, 'node_modules', name, 'bin/node'), join(to, 'node'));
    await rm(join(to, 'node_modules'), { recursive: true });
  });
  return join(folder, 'node');
}
