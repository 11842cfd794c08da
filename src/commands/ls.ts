import type { Command } from '../command.ts';

export const ls: Command = async () => {
  throw new Error('pending');
};
