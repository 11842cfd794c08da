/** A word of a command as a POSIX shell takes it for what it is, whatever stands in it. */
export const shellWord = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The same, without quotes where it needs none. */
export const plainShellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : shellWord(word));
