import type { Command } from '../command.ts';

export const undo: Command = async () => {
  throw new Error('pending');
};
