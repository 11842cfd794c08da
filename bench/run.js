#!/usr/bin/env node
// Runs a bench: `node bench/run.js prediction --short` is `bench/prediction/main.ts --short`, on a Node that knows no TypeScript.
import './register.mjs';

const [name] = process.argv.splice(2, 1);
if (!name) throw new Error('usage: node bench/run.js NAME [OPTIONS]; see bench/README.md');
await import(`./${name}/main.ts`);
