import type { Command } from '../command.ts';

export const history: Command = async () => {
  throw new Error('pending');
};
