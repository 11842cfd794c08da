import type { Command } from '../command.ts';

export const test: Command = async () => {
  throw new Error('pending');
};
