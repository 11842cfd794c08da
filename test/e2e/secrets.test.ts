import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, type Sandbox, sandbox } from '../lab/sandbox.ts';

/** No password reaches any output, whatever characters it is made of and whether or not Go can read the URL that holds it. */

const odd = [
  "'",
  '"',
  '#',
  '@',
  '/',
  ' ',
  ',',
  '|',
  '?',
  '%',
  '%41',
  ':',
  ';',
  '&',
  '\\',
  '$',
  '`',
  '(',
  '[',
  '<',
  '{',
  '*',
  '!',
  '~',
  '密',
  '\u{1f511}',
];
const passwords = [...odd.map(char => `hush7${char}tr0ub4dor`), ...odd.map(char => `${char}tr0ub4dor`), 'tr0ub4dor'];
const urls = (password: string): string[] => [
  `https://user:${password}@127.0.0.1:1/go,direct`,
  `https://goproxy.cn,https://user:${password}@127.0.0.1:1|direct`,
  `user:${password}@127.0.0.1:1,direct`,
  `https://tr0ub4dor@127.0.0.1:1`,
];
const calls = [
  ['current'],
  ['current', '--json'],
  ['ls'],
  ['use', 'goproxy.cn', '--no-probe', '--dry-run'],
  ['doctor', '--timeout', '1', '--json'],
  ['route', 'rsc.io/quote'],
  ['history'],
];

const namespaces = spawnSync('unshare', ['--net', 'true']).status === 0;

async function said(box: Sandbox, args: readonly string[], env: Record<string, string>): Promise<string> {
  const inside = namespaces ? ['unshare', '--net', '--', process.execPath] : [process.execPath];
  const [file, ...rest] = [...inside, command, ...args];
  const { stdout, stderr } = await box.exec(file!, rest, { env });
  expect(stdout + stderr).not.toBe('');
  return stdout + stderr;
}

const leaks = (output: string): boolean => /tr0ub4dor|hush7/.test(output);

describe('no output shows a password', () => {
  it('of the environment, of the settings file, of a mirror of one’s own, of an operand', async () => {
    const left = passwords.flatMap((password, index) => urls(password).map((url, way) => ({ url, turn: index + way })));
    const wrong: object[] = [];
    const worker = async (): Promise<void> => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { url, turn } = next;
        const box = await sandbox();
        const args = calls[turn % calls.length]!;
        const places: Record<string, () => Promise<string>> = {
          environment: () => said(box, args, { GOPROXY: url }),
          file: async () => {
            await mkdir(join(box.home, '.config/go'), { recursive: true });
            await writeFile(join(box.home, '.config/go/env'), `GOPROXY=${url}\n`);
            return said(box, args, {});
          },
          operand: () => said(box, ['use', url, '--no-probe'], {}),
          added: async () =>
            (await said(box, ['add', 'mine', url.split(/[,|]/)[0]!], {})) + (await said(box, ['ls'], {})),
        };
        const place = Object.keys(places)[turn % 4]!;
        const output = await places[place]!();
        if (leaks(output)) wrong.push({ url, place, args, output: output.split('\n').filter(leaks) });
        await box.remove();
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(wrong).toEqual([]);
  }, 300_000);
});
