import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { download } from './download.ts';
import { prepared } from './store.ts';

/** A project of 106 modules, 44 MB of zips, one of them rsc.io/quote@v1.5.2: go.mod, go.sum and main.go. Never run go in it, copy it. */
export const projectFolder: string = join(import.meta.dirname, 'project');

/**
 * A folder in GOPROXY's file layout with all that go may ask for in the project above: real modules, downloaded once. `labMirror({ tree: await moduleTree() })`, or `GOPROXY=file://...`; read only.
 */
export async function moduleTree(): Promise<string> {
  const inputs = await Promise.all(['go.mod', 'go.sum'].map(file => readFile(join(projectFolder, file))));
  const folder = await prepared('tree', inputs, async cache => {
    await copyProject(join(cache, 'project'));
    await download(['mod', 'download', 'all'], { cwd: join(cache, 'project'), modules: cache });
    for (const name of await readdir(cache)) {
      if (name !== 'cache') await rm(join(cache, name), { recursive: true }); // The zips are enough.
    }
    await rm(join(cache, 'cache/download/sumdb'), { recursive: true, force: true });
  });
  return join(folder, 'cache/download');
}

/** Copies the project into a folder, made if need be: `await copyProject(box.work)`. */
export async function copyProject(folder: string): Promise<void> {
  await cp(projectFolder, folder, { recursive: true });
}
