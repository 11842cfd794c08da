#!/usr/bin/env node
// Hands over to the built program. Kept to syntax that old Node lines can read, so that they get one clear line.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  const zh = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
  console.error(
    zh
      ? `go-mirror 需要 Node.js 20.19 或更高版本，当前为 ${process.versions.node}。请升级 Node.js：https://nodejs.org/`
      : `go-mirror needs Node.js 20.19 or later; this is ${process.versions.node}. Upgrade it: https://nodejs.org/`,
  );
  process.exitCode = 2;
} else {
  // Compiled code is kept for the next start where Node.js can do that (22 and later).
  require('node:module').enableCompileCache?.();
  require('../dist/main.js').main(process.argv.slice(2));
}
