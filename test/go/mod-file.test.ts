import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoMod } from '../../src/go/mod-file.ts';
import { sandbox } from '../lab/sandbox.ts';

interface Edited {
  Module: { Path: string };
  Go?: string;
  Toolchain?: string;
  Require?: { Path: string; Version: string; Indirect?: boolean }[] | null;
  Exclude?: { Path: string; Version: string }[] | null;
  Replace?: { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[] | null;
}

/** A path or a folder in the ways in which it may be written. */
const written = (text: string) => fc.constantFrom(text, `"${text}"`, `\`${text}\``);
const path = fc.constantFrom('a.com/b', 'rsc.io/quote', 'c.com/d/v2', 'e.com/f~g').chain(written);
const folder = fc
  .constantFrom('./x', '../y z', '/srv/m')
  .chain(text => (text.includes(' ') ? fc.constant(`"${text}"`) : written(text)));
const version = fc
  .constantFrom('v1.0.0', 'v2.3.4-pre+incompatible', 'v0.0.0-20240102030405-abcdefabcdef')
  .chain(written);
const ending = fc.constantFrom('', ' // indirect', ' // indirect; why', ' // a comment (', '\r', '\t', ' //indirect');
const required = fc.tuple(path, version, ending).map(([a, b, c]) => `${a} ${b}${c}`);
const replacement = fc.oneof(
  fc.tuple(path, folder).map(([a, b]) => `${a} => ${b}`),
  fc.tuple(path, version, path, version).map(([a, b, c, d]) => `${a} ${b} => ${c} ${d}`),
);
const statement = fc.oneof(
  required.map(line => `require ${line}`),
  fc.array(required, { maxLength: 3 }).map(lines => `require (\n${lines.map(line => `\t${line}\n`).join('')})`),
  replacement.map(line => `replace ${line}`),
  fc
    .array(replacement, { maxLength: 2 })
    .map(lines => `replace (\n\n${lines.map(line => `  ${line} // x\n`).join('')}) // end`),
  fc.constantFrom(
    '// a comment',
    '',
    'exclude a.com/b v1.0.0',
    'exclude (\n\ta.com/b v1.0.0 // bad\n\t`c.com/d/v2` v2.3.4\n)',
    'retract [v1.0.0, v1.1.0]',
    'retract (\n\tv1.0.0 // bad\n)',
  ),
);

describe('go.mod', () => {
  it('is read as `go mod edit -json` reads it', async () => {
    const box = await sandbox({ env: { GOPROXY: 'off', GOTOOLCHAIN: 'local' } });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(statement, { maxLength: 6 }),
        fc.constantFrom('1.21', '1.21.0', '1.17'),
        async (lines, go) => {
          const text = ['module "example.com/m" // main', `go ${go}`, 'toolchain go1.22.3', ...lines, ''].join('\n');
          await writeFile(join(box.work, 'go.mod'), text);
          const { stdout, exitCode } = await box.go(['mod', 'edit', '-json']);
          if (exitCode !== 0) return;
          accepted++;
          const edited = JSON.parse(stdout) as Edited;
          const { uses: _, ...read } = parseGoMod(text);
          expect(read).toEqual({
            module: edited.Module.Path,
            go: edited.Go ?? null,
            toolchain: edited.Toolchain ?? null,
            requires: (edited.Require ?? []).map(one => ({
              path: one.Path,
              version: one.Version,
              indirect: one.Indirect ?? false,
            })),
            excludes: (edited.Exclude ?? []).map(one => ({ path: one.Path, version: one.Version })),
            replaces: (edited.Replace ?? []).map(({ Old, New }) => ({
              path: Old.Path,
              version: Old.Version ?? null,
              newPath: New.Path,
              newVersion: New.Version ?? null,
            })),
          });
        },
      ),
      { seed: 12, numRuns: 80 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it('takes time that grows with its length only, whatever a server sends', () => {
    const started = performance.now();
    for (const piece of ['"', '`', '"\\', '/ ', '("'])
      for (const end of ['// \r x', '', '\u2028//\r']) parseGoMod(`module ${piece.repeat(20_000)}${end}`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
