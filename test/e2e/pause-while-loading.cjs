// Loaded with `node --require`: the process stops before it loads the file number PAUSE_BEFORE of the built program, writes the file
// PAUSE_FILE.stopped, and goes on when PAUSE_FILE.go is there.
const { existsSync, writeFileSync } = require('node:fs');
const Module = require('node:module');

const { PAUSE_BEFORE, PAUSE_FILE } = process.env;
const asleep = new Int32Array(new SharedArrayBuffer(4));
const load = Module.prototype.load;
let loaded = 0;

Module.prototype.load = function (file) {
  if (/[\\/]dist[\\/]/.test(file) && ++loaded === Number(PAUSE_BEFORE)) {
    writeFileSync(`${PAUSE_FILE}.stopped`, '');
    while (!existsSync(`${PAUSE_FILE}.go`)) Atomics.wait(asleep, 0, 0, 20);
  }
  return load.call(this, file);
};
