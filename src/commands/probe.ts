import type { Command } from '../command.ts';

export const probe: Command = async () => {
  throw new Error('pending');
};
