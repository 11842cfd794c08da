import type { Command } from '../command.ts';

export const current: Command = async () => {
  throw new Error('pending');
};
