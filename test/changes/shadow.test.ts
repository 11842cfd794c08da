import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignmentsIn, type Reader } from '../../src/changes/shadow/assignments.ts';
import { findShadow } from '../../src/changes/shadow/find.ts';
import { sandbox } from '../lab/sandbox.ts';

const value = 'https://x.example.com,direct';

describe('a line that sets a variable', () => {
  it.each<[Reader, string]>([
    ['posix', `export GOPROXY=${value}`],
    ['posix', `  export GOPROXY="${value}"`],
    ['posix', `export GOPROXY='${value}'`],
    ['posix', `GOPROXY=${value}`],
    ['posix', `export GOSUMDB=off GOPROXY=${value}`],
    ['posix', `declare -x GOPROXY=${value}`],
    ['posix', `typeset -x GOPROXY=${value}`],
    ['posix', `cd /srv; export GOPROXY=${value}`],
    ['posix', `if true; then export GOPROXY=${value}; fi`],
    ['posix', `[ -d /srv ] && export GOPROXY="${value}"`],
    ['posix', `: "\${GOPROXY:=${value}}"; export GOPROXY`],
    ['posix', `: \${GOPROXY=${value}}`],
    ['posix', `export GOPROXY="\${GOPROXY:-${value}}"`],
    ['posix', `launchctl setenv GOPROXY ${value}`],
    ['fish', `set -gx GOPROXY ${value}`],
    ['fish', `set --export --global GOPROXY "${value}"`],
    ['fish', `export GOPROXY=${value}`],
    ['fish', 'SETUVAR --export GOPROXY:https\\x3a//x\\x2eexample\\x2ecom\\x2cdirect'],
    ['csh', `setenv GOPROXY ${value}`],
    ['powershell', `$env:GOPROXY = "${value}"`],
    ['powershell', `$Env:GOPROXY='${value}'`],
    ['powershell', `[Environment]::SetEnvironmentVariable("GOPROXY", "${value}", "User")`],
    ['powershell', `Set-Item -Path Env:GOPROXY -Value '${value}'`],
    ['nu', `$env.GOPROXY = "${value}"`],
    ['nu', `let-env GOPROXY = '${value}'`],
    ['nu', `load-env { GOPROXY: "${value}" }`],
    ['xonsh', `$GOPROXY = '${value}'`],
    ['elvish', `set-env GOPROXY ${value}`],
    ['elvish', `set E:GOPROXY = '${value}'`],
    ['environment', `GOPROXY=${value}`],
    ['environment', `GOPROXY="${value}"`],
    ['pam', `GOPROXY DEFAULT=${value}`],
    ['systemd', `DefaultEnvironment="LANG=C" "GOPROXY=${value}"`],
    ['toml', `GOPROXY = "${value}"`],
    ['toml', `env = { GOPROXY = '${value}' }`],
    ['json', `"GOPROXY": "${value}",`],
    ['json', `"go.toolsEnvVars": { "GOPROXY": "${value}" },`],
    ['xml', `<entry key="GOPROXY" value="${value}" />`],
    ['xml', `<env name="GOPROXY" value="${value}" />`],
  ])('%s: %s', (reader, text) => {
    expect(assignmentsIn(`\n${text}\n`, 'GOPROXY', reader)).toEqual([{ line: 2, text: text.trim(), value }]);
  });

  it('may have its value on the next one', () => {
    const list = `<key>EnvironmentVariables</key>\n<dict>\n<key>GOPROXY</key>\n<string>${value}</string>\n</dict>\n`;
    expect(assignmentsIn(list, 'GOPROXY', 'xml')).toMatchObject([{ line: 3, value }]);
  });

  it.each<[Reader, string]>([
    ['posix', `# export GOPROXY=${value}`],
    ['posix', `export MY_GOPROXY=${value}`],
    ['posix', 'echo $GOPROXY'],
    ['posix', 'unset GOPROXY'],
    ['posix', 'export GOPROXY_OLD=x'],
    ['posix', `GOPROXY = ${value}`],
    ['fish', 'set -e GOPROXY'],
    ['json', `"MY_GOPROXY": "${value}"`],
    ['json', `// "GOPROXY": "${value}"`],
    ['toml', `# GOPROXY = "${value}"`],
  ])('is not, for %s: %s', (reader, text) => {
    expect(assignmentsIn(text, 'GOPROXY', reader)).toEqual([]);
  });
});

describe('where a variable comes from', () => {
  const context = (home: string, env: Record<string, string> = {}, cwd = home) => ({
    env: { HOME: home, GOPROXY: value, ...env },
    cwd,
    platform: 'linux' as const,
    signal: new AbortController().signal,
  });
  const put = async (file: string, text: string) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };

  it.each([
    ['.zshrc', `export GOPROXY=${value}`, 'unset GOPROXY'],
    ['.bashrc.d/go', `export GOPROXY=${value}`, 'unset GOPROXY'],
    ['.config/fish/config.fish', `set -gx GOPROXY ${value}`, 'set -e GOPROXY'],
    ['.config/fish/fish_variables', `SETUVAR --export GOPROXY:${value}`, 'set -Ue GOPROXY'],
    ['.config/environment.d/go.conf', `GOPROXY=${value}`, 'unset GOPROXY'],
    ['.cshrc', `setenv GOPROXY ${value}`, 'unsetenv GOPROXY'],
    ['.config/powershell/profile.ps1', `$env:GOPROXY = "${value}"`, 'Remove-Item Env:GOPROXY'],
    ['.config/nushell/env.nu', `$env.GOPROXY = "${value}"`, 'hide-env GOPROXY'],
    ['.xonshrc', `$GOPROXY = "${value}"`, 'del $GOPROXY'],
    ['.config/elvish/rc.elv', `set-env GOPROXY ${value}`, 'unset-env GOPROXY'],
    ['.config/mise/config.toml', `GOPROXY = "${value}"`, 'unset GOPROXY'],
    ['.config/Code/User/settings.json', `"terminal.integrated.env.linux": { "GOPROXY": "${value}" }`, 'unset GOPROXY'],
    ['.idea/workspace.xml', `<entry key="GOPROXY" value="${value}" />`, 'unset GOPROXY'],
    ['.env', `GOPROXY=${value}`, 'unset GOPROXY'],
    ['.envrc', `export GOPROXY=${value}`, 'unset GOPROXY'],
  ])('%s', async (name, text, clear) => {
    const { home } = await sandbox();
    await put(join(home, name), `\n${text}\n`);
    expect(await findShadow(context(home, { SHELL: '/bin/bash' }), 'GOPROXY')).toMatchObject({
      variable: 'GOPROXY',
      value,
      origin: { file: join(home, name), line: 2, text, scope: null },
      differing: null,
      clear,
    });
  });

  it.each([
    ['/usr/bin/fish', {}, 'set -e GOPROXY'],
    ['/bin/tcsh', {}, 'unsetenv GOPROXY'],
    ['/usr/bin/elvish', {}, 'unset-env GOPROXY'],
    ['/usr/bin/pwsh', {}, 'Remove-Item Env:GOPROXY'],
    ['/bin/bash', { NU_VERSION: '0.99.0' }, 'hide-env GOPROXY'],
    ['/bin/bash', { XONSH_VERSION: '0.18.0' }, 'del $GOPROXY'],
    ['/bin/bash', {}, 'unset GOPROXY'],
  ])('is cleared in %s with %j by %s, where no file sets it', async (SHELL, env, clear) => {
    const { home } = await sandbox();
    expect(await findShadow(context(home, { SHELL, ...env }), 'GOPROXY')).toMatchObject({ origin: null, clear });
  });

  it('is a file that others take up, in folders of them too', async () => {
    for (const [taken, line] of [
      ['.config/shell/go.sh', 'source ~/.config/shell/go.sh'],
      ['.config/shell/go.sh', '. "$HOME/.config/shell/go.sh"'],
      ['.config/shell/go.sh', '[ -f ~/.config/shell/go.sh ] && . ~/.config/shell/go.sh'],
      ['.shell.d/10-go.sh', 'for f in ~/.shell.d/*; do . "$f"; done; . ~/.shell.d/*'],
    ] as const) {
      const { home } = await sandbox();
      await put(join(home, taken), `export GOPROXY=${value}\n`);
      await put(join(home, '.bashrc'), `${line}\n`);
      expect((await findShadow(context(home), 'GOPROXY')).origin).toMatchObject({ file: join(home, taken), line: 1 });
    }
  });

  it('is the one with the value in effect, where several set it, and its last line', async () => {
    const { home } = await sandbox();
    await put(join(home, '.bashrc'), 'export GOPROXY=https://other.example.com\n');
    await put(join(home, '.profile'), `export GOPROXY=https://no\nexport GOPROXY=${value}\n`);
    const { origin } = await findShadow(context(home), 'GOPROXY');
    expect(origin).toMatchObject({ file: join(home, '.profile'), line: 2 });
  });

  it('is not one that sets another value, of which the value is a part or not; that one is said apart', async () => {
    for (const other of ['https://other.example.com', `${value},off`, 'https://x.example.com']) {
      const { home } = await sandbox();
      await put(join(home, '.bashrc'), `export GOPROXY=${other}\n`);
      const { origin, differing } = await findShadow(context(home), 'GOPROXY');
      expect([other, origin, differing?.file]).toEqual([other, null, join(home, '.bashrc')]);
    }
  });

  it('may be one that takes up other variables', async () => {
    const { home } = await sandbox();
    await put(join(home, '.bashrc'), 'export GOPROXY="https://$MIRROR,direct"\n');
    expect((await findShadow(context(home), 'GOPROXY')).origin).toMatchObject({ line: 1 });
    await put(join(home, '.bashrc'), 'export GOPROXY="https://$MIRROR|direct"\n');
    expect((await findShadow(context(home), 'GOPROXY')).origin).toBeNull();
  });

  it('is unknown where no file sets it, and a pipe or a folder in place of one stops nothing', async () => {
    const { home } = await sandbox();
    await mkdir(join(home, '.bashrc'));
    await put(join(home, '.profile'), '. ~/.profile\nsource /dev/zero\n');
    expect(await findShadow(context(home), 'GOPROXY')).toMatchObject({ origin: null, differing: null });
  });
});
