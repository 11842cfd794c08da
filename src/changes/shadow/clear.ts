import type { Context } from '../../system/context.ts';
import type { Reader } from './assignments.ts';
import type { ShadowOrigin } from './shadow.ts';

/** Takes a variable out of a shell that runs. */
const inShell: Readonly<Partial<Record<Reader, (name: string) => string>>> = {
  posix: name => `unset ${name}`,
  fish: name => `set -e ${name}`,
  csh: name => `unsetenv ${name}`,
  powershell: name => `Remove-Item Env:${name}`,
  nu: name => `hide-env ${name}`,
  xonsh: name => `del $${name}`,
  elvish: name => `unset-env ${name}`,
};

/** The command that clears a variable, in the words of the shell of the user. */
export function clearCommand(context: Context, name: string, origin: ShadowOrigin | null): string {
  if (origin?.scope) {
    const scope = origin.scope === 'user' ? 'User' : 'Machine';
    return `powershell -Command "[Environment]::SetEnvironmentVariable('${name}', $null, '${scope}')"`;
  }
  if (origin?.file.endsWith('fish_variables')) return `set -Ue ${name}`;
  const ofOrigin = origin?.reader ? inShell[origin.reader] : undefined;
  const clear = origin?.reader !== 'posix' && ofOrigin ? ofOrigin : shellOf(context);
  return clear(name);
}

/** By what only that shell sets, else by the shell of the user's account. */
function shellOf({ env, platform }: Context): (name: string) => string {
  if (env.NU_VERSION) return inShell.nu!;
  if (env.XONSH_VERSION || env.XONSHRC) return inShell.xonsh!;
  if (platform === 'win32') return env.PROMPT ? name => `set ${name}=` : inShell.powershell!;
  const shell = (env.SHELL ?? '').split('/').at(-1)!;
  const known = {
    fish: 'fish',
    csh: 'csh',
    tcsh: 'csh',
    nu: 'nu',
    xonsh: 'xonsh',
    elvish: 'elvish',
    pwsh: 'powershell',
  };
  return inShell[known[shell as keyof typeof known] as Reader] ?? inShell.posix!;
}
