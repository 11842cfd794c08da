import type { Context } from '../../system/context.ts';
import { runProcess } from '../../system/process.ts';
import type { ShadowOrigin } from './shadow.ts';

const keys = [
  { scope: 'user', key: 'HKCU\\Environment' },
  { scope: 'machine', key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment' },
] as const;

/** Where the registry of Windows sets a variable, the user's own first; also that of the Windows around a WSL that hands it on. */
export async function inRegistry(context: Context, name: string): Promise<ShadowOrigin[]> {
  const handedOn = context.env.WSLENV?.split(':').some(entry => entry.split('/')[0] === name);
  if (context.platform !== 'win32' && !(context.env.WSL_DISTRO_NAME && handedOn)) return [];
  const program = context.platform === 'win32' ? 'reg' : 'reg.exe';
  const found: ShadowOrigin[] = [];
  for (const { scope, key } of keys) {
    const ended = await runProcess(context, program, ['query', key, '/v', name], { timeoutMs: 3000 });
    const text = ended.exitCode === 0 ? ended.stdout.split(/\r?\n/).find(line => line.includes('REG_')) : undefined;
    if (text !== undefined) found.push({ file: key, line: null, text: text.trim(), scope, reader: null });
  }
  return found;
}
