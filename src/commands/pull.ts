import type { Command } from '../command.ts';

export const pull: Command = async () => {
  throw new Error('pending');
};
