import type { Command } from './commands/command.ts';

/** An option as commander writes it: flags, and how its value is read. Its help text is `help.option.NAME` of `messages`. */
export interface OptionSpec {
  flags: string;
  value?: 'seconds' | 'count' | 'repeatable' | readonly string[];
}

export interface CommandSpec {
  name: string;
  /** Names that other tools have made a habit of. */
  aliases?: readonly string[];
  /** Operands as commander writes them. */
  operands?: string;
  options?: readonly OptionSpec[];
  /** `run` and `explain` hand on what stands after `--`. */
  passthrough?: true;
  /** Whether it asks go for its settings first of all. Default: it does. */
  asksGo?: (options: { env?: boolean; list?: boolean }) => boolean;
  load: () => Promise<Command<never>>;
}

const dryRun: OptionSpec = { flags: '--dry-run' };
const timeout: OptionSpec = { flags: '--timeout <seconds>', value: 'seconds' };
const profile: readonly OptionSpec[] = [
  { flags: '--private <patterns>', value: 'repeatable' },
  { flags: '--no-proxy <patterns>', value: 'repeatable' },
  { flags: '--sumdb <value>' },
];
const withoutGo: OptionSpec = { flags: '--without-go' };

/** Every command: what it takes, and the file that does it, imported only when it is called. */
export const commands: readonly CommandSpec[] = [
  { name: 'ls', aliases: ['list'], load: async () => (await import('./commands/ls.ts')).ls },
  {
    name: 'current',
    aliases: ['get'],
    load: async () => (await import('./commands/current.ts')).current,
  },
  {
    name: 'use',
    aliases: ['set'],
    operands: '[mirror]',
    options: [
      { flags: '--fastest' },
      { flags: '--fallback <when>', value: ['not-found', 'any-error'] },
      ...profile,
      { flags: '--no-probe' },
      withoutGo,
      dryRun,
    ],
    load: async () => (await import('./commands/use.ts')).use,
  },
  {
    name: 'add',
    operands: '<name> <url>',
    options: profile,
    load: async () => (await import('./commands/add.ts')).add,
  },
  {
    name: 'remove',
    aliases: ['del', 'rm', 'delete'],
    operands: '<name>',
    load: async () => (await import('./commands/remove.ts')).remove,
  },
  {
    name: 'private',
    operands: '[action] [patterns...]',
    options: [dryRun, withoutGo],
    load: async () => (await import('./commands/private.ts')).privatePatterns,
  },
  { name: 'undo', options: [dryRun], load: async () => (await import('./commands/undo.ts')).undo },
  { name: 'history', asksGo: () => false, load: async () => (await import('./commands/history.ts')).history },
  {
    name: 'reset',
    options: [{ flags: '--all' }, dryRun, withoutGo],
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  {
    name: 'test',
    aliases: ['measure'],
    operands: '[mirrors...]',
    options: [timeout, { flags: '--repeat <times>', value: 'count' }, { flags: '--watch' }, { flags: '--strict' }],
    load: async () => (await import('./commands/test.ts')).test,
  },
  {
    name: 'doctor',
    operands: '[modules...]',
    options: [
      { flags: '--fix' },
      dryRun,
      { flags: '--pull' },
      { flags: '--mirror <mirror>', value: 'repeatable' },
      { flags: '--report <file>' },
      { flags: '--strict' },
      timeout,
    ],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  { name: 'route', operands: '<module>', load: async () => (await import('./commands/route.ts')).route },
  {
    name: 'probe',
    operands: '<url>',
    options: [timeout],
    load: async () => (await import('./commands/probe.ts')).probe,
  },
  {
    name: 'explain',
    asksGo: ({ env, list }) => env === true && !list,
    operands: '[file]',
    passthrough: true,
    options: [{ flags: '--no-env' }, { flags: '--probe' }, { flags: '--list' }],
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'pull',
    operands: '[modules...]',
    options: [{ flags: '--mirror <mirror>', value: 'repeatable' }],
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  {
    name: 'run',
    operands: '[command...]',
    passthrough: true,
    options: [
      { flags: '--mirror <mirror>', value: 'repeatable' },
      { flags: '--retry <times>', value: 'count' },
      { flags: '--summary <file>' },
    ],
    load: async () => (await import('./commands/run.ts')).run,
  },
];
