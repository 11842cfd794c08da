import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editEnvText } from '../../src/changes/env-file.ts';
import { sandbox } from '../lab/sandbox.ts';

const line = fc.oneof(
  fc.constantFrom('GOPROXY=https://a.example.com', 'GOPROXY=', 'GOSUMDB=off', 'GOFLAGS=-mod=mod', 'GO386=x', 'GO=1'),
  fc.constantFrom('# a comment', '', ' GOPROXY=indented', '#GOPROXY=commented', 'nonsense', '\uFEFFGOPROXY=bom', 'x=1'),
  fc.constantFrom('GOPRIVATE=a.example.com\r', 'GOPRIVATE=b # c', 'ZZZ=ünï', 'AAA==='),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));

describe('a settings file that is edited without go', () => {
  it('is byte for byte what go env -w and -u write', async () => {
    const box = await sandbox();
    const file = join(box.root, 'env');
    const env = { GOENV: file };
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (before, unset) => {
        await writeFile(file, before);
        const change: [string, string | null] = unset
          ? ['GOPROXY', null]
          : ['GOPROXY', 'https://new.example.com,direct'];
        const args = unset ? ['-u', 'GOPROXY'] : ['-w', `GOPROXY=${change[1]}`];
        expect(await box.go(['env', ...args], { env })).toMatchObject({ exitCode: 0 });
        expect(editEnvText(before, new Map([change]))).toBe(await readFile(file, 'utf8'));
      }),
      { numRuns: 25, seed: 4 },
    );
  }, 240_000);
});
