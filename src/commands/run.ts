import type { Command } from '../command.ts';

export const run: Command = async () => {
  throw new Error('pending');
};
