import type { Command } from '../command.ts';

export const explain: Command = async () => {
  throw new Error('pending');
};
