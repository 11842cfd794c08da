// Loaded with `node --import`: the process stops before it resolves the module number PAUSE_BEFORE of the built program, writes the
// file PAUSE_FILE.stopped, and goes on when PAUSE_FILE.go is there.
import { existsSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';

const { PAUSE_BEFORE, PAUSE_FILE } = process.env;
let resolved = 0;

export async function resolve(specifier, context, next) {
  if (/\.js$/.test(specifier) && ++resolved === Number(PAUSE_BEFORE)) {
    writeFileSync(`${PAUSE_FILE}.stopped`, '');
    while (!existsSync(`${PAUSE_FILE}.go`)) await new Promise(wake => setTimeout(wake, 20));
  }
  return next(specifier, context);
}

// The hooks run in a thread of their own, where this file is loaded again.
const { isMainThread } = await import('node:worker_threads');
if (isMainThread) register(import.meta.url);
