import { relative } from 'node:path';
import type { Context } from './context.ts';

/**
 * How this person starts go-mirror again, as a command begins: `npx go-mirror-setup` has put nothing into PATH, and in a clone there
 * is only the file. `script` is the file that Node.js was given.
 */
export function startedAs({ env, cwd }: Pick<Context, 'env' | 'cwd'>, script: string): string {
  const inPackages = /[\\/]node_modules[\\/]/.test(script);
  if (inPackages && (env.npm_command === 'exec' || /[\\/]_npx[\\/]/.test(script))) return 'npx go-mirror-setup';
  const path = relative(cwd, script).replaceAll('\\', '/');
  return path === 'bin/go-mirror.js' ? `node ${path}` : 'go-mirror';
}
