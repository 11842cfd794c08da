import type { Command } from '../command.ts';

export const privatePatterns: Command = async () => {
  throw new Error('pending');
};
