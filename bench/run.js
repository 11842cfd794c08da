#!/usr/bin/env node
// Runs a bench: `node bench/run.js prediction --short` is `bench/prediction/main.ts --short`, on a Node that knows no TypeScript.
import { existsSync } from 'node:fs';
import './register.mjs';

const [name] = process.argv.splice(2, 1);
const file = new URL(`./${name}/main.ts`, import.meta.url);
if (name && existsSync(file)) await import(file.href);
else {
  console.error('usage: npm run bench NAME -- [OPTIONS]; see bench/README.md');
  process.exitCode = 2;
}
