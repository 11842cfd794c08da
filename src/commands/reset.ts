import type { Command } from '../command.ts';

export const reset: Command = async () => {
  throw new Error('pending');
};
