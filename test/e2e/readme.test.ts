import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { command, type Sandbox, sandbox } from '../lab/sandbox.ts';

const read = (name: string): Promise<string> => readFile(resolve(import.meta.dirname, '../..', name), 'utf8');
const blocks = (text: string): string[] => [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
const script = (text: string): string => blocks(text).find(block => block.startsWith('#!/bin/sh'))!;

describe('the READMEs', () => {
  it('are the same page in both languages', async () => {
    const [english, chinese] = [await read('README.md'), await read('README.zh-CN.md')];
    const headings = (text: string) => text.match(/^#+ /gm)!.join('');
    const commands = (text: string) => blocks(text).filter(block => !block.startsWith('#!'));
    expect(headings(chinese)).toBe(headings(english));
    expect(commands(chinese)).toEqual(commands(english));
    expect(chinese.match(/^\| /gm)).toEqual(english.match(/^\| /gm));
  });
});

describe.each(['README.md', 'README.zh-CN.md'])('the onboarding script of %s', file => {
  let box: Sandbox;
  let path: string;

  beforeAll(async () => {
    box = await sandbox();
    const bin = join(box.root, 'bin');
    await mkdir(bin);
    await symlink(command, join(bin, 'go-mirror'));
    path = `${bin}:${join(process.execPath, '..')}:${box.env.PATH}`;
    await writeFile(join(box.root, 'onboarding.sh'), script(await read(file)));
    await chmod(join(box.root, 'onboarding.sh'), 0o755);
  });

  const onboard = () =>
    box.exec(join(box.root, 'onboarding.sh'), [], { env: { PATH: path, COMPANY_PROXY: 'http://127.0.0.1:9' } });

  it('sets everything, and a second run changes nothing', async () => {
    const settings = join(box.home, '.config/go/env');
    const first = await onboard();
    expect(first.exitCode, first.stderr).toBe(0);
    const written = await readFile(settings, 'utf8');
    expect(written).toContain('GOPROXY=http://127.0.0.1:9,https://goproxy.cn,direct\n');
    expect(written).toContain('GOPRIVATE=git.corp.example.com,*.internal.example.com\n');
    const history = await box.run(['history', '--json']);
    const { mtimeMs } = await stat(settings);

    const second = await onboard();
    expect(second.exitCode, second.stderr).toBe(0);
    expect(await readFile(settings, 'utf8')).toBe(written);
    expect((await stat(settings)).mtimeMs).toBe(mtimeMs);
    expect((await box.run(['history', '--json'])).stdout).toBe(history.stdout);
  });

  it('stops with a clear message where the settings cannot take effect', async () => {
    const { stderr, exitCode } = await box.exec(join(box.root, 'onboarding.sh'), [], {
      env: { PATH: path, COMPANY_PROXY: 'http://127.0.0.1:9', GOPROXY: 'https://old.example.com' },
    });
    expect(stderr).toContain('GOPROXY');
    expect(stderr).toMatch(/^onboarding: /m);
    expect(exitCode).toBe(1);
  });
});
