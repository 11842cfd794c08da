#!/usr/bin/env node
// Runs a bench: `node bench/run.js prediction --short`. Node 20 knows no TypeScript, so bench/NAME/index.ts is bundled first.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const [name, ...args] = process.argv.slice(2);
if (!name) throw new Error('usage: node bench/run.js NAME [OPTIONS]; see bench/README.md');

const root = join(import.meta.dirname, '..');
const source = join(import.meta.dirname, name, 'index.ts');
// Inside the working tree, so that packages are found; each source file keeps the `import.meta.dirname` it was written for.
const folder = await mkdtemp(join(root, 'node_modules', '.bench-'));
try {
  const bundle = await rolldown({
    input: source,
    platform: 'node',
    external: /^[^./]/,
    plugins: [
      {
        name: 'keep-dirname',
        transform(code, id) {
          return code.replaceAll('import.meta.dirname', JSON.stringify(join(id, '..')));
        },
      },
    ],
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'bench.js' });
  const { main } = await import(pathToFileURL(join(folder, 'bench.js')).href);
  await main(args);
} finally {
  await rm(folder, { recursive: true, force: true });
}
