import type { Command } from '../command.ts';

export const remove: Command = async () => {
  throw new Error('pending');
};
