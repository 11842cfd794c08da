import type { Command } from '../command.ts';

export const add: Command = async () => {
  throw new Error('pending');
};
