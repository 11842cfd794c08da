import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findShadow, settingLines } from '../../src/changes/shadow.ts';
import { sandbox } from '../lab/sandbox.ts';

describe('the line that puts a variable into the environment', () => {
  it.each([
    'export GOPROXY=https://x',
    '  export GOPROXY="https://x"',
    'GOPROXY=https://x',
    'export GOSUMDB=off GOPROXY=https://x',
    'declare -x GOPROXY=https://x',
    'typeset -x GOPROXY=https://x',
    'set -gx GOPROXY https://x',
    'set --export --global GOPROXY https://x',
    'SETUVAR --export GOPROXY:https\\x3a//x',
    'setenv GOPROXY https://x',
    'launchctl setenv GOPROXY https://x',
    'GOPROXY DEFAULT=https://x',
    'cd /srv; export GOPROXY=https://x',
    'if true; then export GOPROXY=https://x; fi',
  ])('is %s', text => {
    expect(settingLines(`# first\n${text}\n`, 'GOPROXY')).toEqual([{ line: 2, text: text.trim() }]);
  });

  it.each([
    '# export GOPROXY=https://x',
    'export MY_GOPROXY=https://x',
    'echo $GOPROXY',
    'unset GOPROXY',
    'export GOPROXY_OLD=x',
  ])('is not %s', text => {
    expect(settingLines(text, 'GOPROXY')).toEqual([]);
  });
});

describe('where a variable comes from', () => {
  const context = (home: string, env: Record<string, string>, cwd = home) => ({
    env: { HOME: home, GOPROXY: 'https://x.example.com', ...env },
    cwd,
    platform: 'linux' as const,
    signal: new AbortController().signal,
  });
  const put = async (file: string, text: string) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };

  it.each([
    ['.zshrc', 'export GOPROXY=https://x.example.com', '/bin/zsh', 'unset GOPROXY'],
    ['.config/fish/config.fish', 'set -gx GOPROXY https://x.example.com', '/usr/bin/fish', 'set -e GOPROXY'],
    [
      '.config/fish/fish_variables',
      'SETUVAR --export GOPROXY:https://x.example.com',
      '/usr/bin/fish',
      'set -Ue GOPROXY',
    ],
    ['.config/environment.d/go.conf', 'GOPROXY=https://x.example.com', '/bin/bash', 'unset GOPROXY'],
    ['.cshrc', 'setenv GOPROXY https://x.example.com', '/bin/tcsh', 'unsetenv GOPROXY'],
  ])('%s', async (name, text, shell, clear) => {
    const { home } = await sandbox();
    await put(join(home, name), `\n${text}\n`);
    expect(await findShadow(context(home, { SHELL: shell }), 'GOPROXY')).toEqual({
      variable: 'GOPROXY',
      value: 'https://x.example.com',
      origin: { file: join(home, name), line: 2, text, scope: null },
      clear,
    });
  });

  it('is the file with the value in effect, where several set it, and its last line', async () => {
    const { home } = await sandbox();
    await put(join(home, '.bashrc'), 'export GOPROXY=https://other.example.com\n');
    await put(join(home, '.profile'), 'export GOPROXY=https://no\nexport GOPROXY=https://x.example.com\n');
    const { origin } = await findShadow(context(home, {}), 'GOPROXY');
    expect(origin).toMatchObject({ file: join(home, '.profile'), line: 2 });
  });

  it('is unknown where no file sets it', async () => {
    const { home } = await sandbox();
    expect(await findShadow(context(home, {}), 'GOPROXY')).toMatchObject({ origin: null, clear: 'unset GOPROXY' });
  });
});
