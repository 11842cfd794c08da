import type { Command } from '../command.ts';

export const use: Command = async () => {
  throw new Error('pending');
};
