import { plainShellWord } from '../../system/shell-word.ts';
import type { Check } from '../check.ts';
import { note, problem } from '../finding.ts';

/** A module in the cache takes its zip and what is unpacked from it. */
const unpackedFactor = 5;
const leastBytes = 256 * 1024;
/** Folders and files of the smallest module in an empty cache. */
const leastFiles = 12;

/** The module cache: can go write there, is there room, is anything in it damaged. */
export const moduleCache: Check = {
  id: 'module-cache',
  group: 'cache',
  applies: ({ cache }) => cache !== null,
  run: ({ cache, needs, trials }) => {
    const { folder, refused, freeBytes, freeFiles, damaged, unreadable, badTree } = cache!;
    const missing = needs.filter(({ cached }) => !cached);
    const findings = damaged.map(({ module, file }) =>
      problem(file.endsWith('.info') ? 'warn' : 'fail', 'modcache-corrupt', file, {
        args: { module },
        commands: ['go-mirror doctor --fix'],
      }),
    );
    for (const { module, file, code, needed } of unreadable) {
      const details = { code: 'modcache-unreadable', args: { module }, detail: code };
      findings.push(problem(needed ? 'fail' : 'warn', 'modcache-permission', file, details));
    }
    if (badTree) {
      const commands = [`rm ${plainShellWord(badTree)}`];
      findings.push(problem('fail', 'sumdb-bad-response', badTree, { code: 'bad-tree', commands }));
    }
    if (refused) {
      const status = missing.length > 0 ? 'fail' : 'warn';
      findings.push(problem(status, 'modcache-permission', refused.folder, { args: { folder }, detail: refused.code }));
    }
    const zips = [...missing, ...trials.map(({ need }) => need)].reduce(
      (sum, { zipBytes }) => sum + (zipBytes ?? 0),
      0,
    );
    const needed = Math.max(leastBytes, zips * unpackedFactor);
    if (
      missing.length > 0 &&
      ((freeBytes !== null && freeBytes < needed) || (freeFiles !== null && freeFiles < leastFiles))
    ) {
      const args = { free: `${Math.round((freeBytes ?? 0) / 1024)} KiB`, needed: `${Math.round(needed / 1024)} KiB` };
      findings.push(problem('fail', 'disk-full', folder, { args }));
    }
    return findings.length > 0 ? findings : [note('pass', 'module-cache-ready', folder)];
  },
};
