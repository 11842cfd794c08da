import type { Command } from '../command.ts';

export const route: Command = async () => {
  throw new Error('pending');
};
