import type { Context } from './context.ts';

/** The user on whose behalf `sudo` runs this as root, or null. */
export function sudoUser({ env, platform }: Pick<Context, 'env' | 'platform'>): string | null {
  const name = env.SUDO_USER;
  return platform !== 'win32' && process.geteuid?.() === 0 && name && name !== 'root' ? name : null;
}
