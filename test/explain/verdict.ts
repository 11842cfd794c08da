import { decide } from '../../src/explain/decide.ts';
import { readEntries } from '../../src/explain/log/read.ts';
import type { Verdict } from '../../src/explain/verdict.ts';

/** What the rules make of a log that comes in these pieces. */
export async function verdictOf(...pieces: readonly (string | Uint8Array)[]): Promise<Verdict | null> {
  return decide(
    readEntries(
      (async function* () {
        for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
      })(),
    ),
  );
}
