import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text that a rule is for. */
export interface Example {
  rule: string;
  cause: string;
  /** Null where the text names none. */
  culprit: string | null;
  /** The release of go, or the program and language, that writes it so. */
  from: string;
  output: string;
}

const folder = join(import.meta.dirname, 'examples');

/**
 * The examples: `induced.txt` holds what real go commands of many releases said in faults made on loopback, `written.txt` the
 * texts of systems that are not at hand here. Each begins with `=== RULE | CAUSE | CULPRIT or - | FROM`.
 */
export const examples: readonly Example[] = readdirSync(folder).flatMap(file =>
  readFileSync(join(folder, file), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map(part => {
      const [head = '', ...lines] = part.split('\n');
      const [rule = '', cause = '', culprit = '', from = ''] = head.split(' | ');
      return { rule, cause, culprit: culprit === '-' ? null : culprit, from, output: lines.join('\n') };
    }),
);
