import { execute } from '../lab/machine.ts';
import { tool } from '../lab/tools.ts';

export interface Question {
  Kind: 'hash' | 'check' | 'key' | 'note' | 'record' | 'tree';
  /** Path of a zip. */
  File?: string;
  Key?: string;
  /** base64 */
  Text?: string;
}

export interface Answer {
  /** Empty where golang.org/x/mod takes it. */
  error: string;
  text: string;
  /** base64 */
  rest: string | null;
  n: number;
}

/** What golang.org/x/mod itself makes of each. */
export async function askGo(questions: readonly Question[]): Promise<Answer[]> {
  const input = questions.map(question => JSON.stringify(question)).join('\n');
  const output = await execute(await tool('proofs'), [], { input });
  return output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Answer);
}
