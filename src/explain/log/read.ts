import { rules } from '../rules/index.ts';
import { asUtf8 } from './decode.ts';
import { type Entry, entriesOf } from './entries.ts';
import { excerptsOf } from './excerpts.ts';
import { createSpotter, type Spotter } from './spotter.ts';

/** The messages of a log that a rule may hold for, in order. Bytes of any kind and number, in bounded memory. */
export async function* readEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Entry> {
  let spotter: Spotter | null = null;
  for await (const { lines, first } of excerptsOf(asUtf8(chunks), () => (spotter ??= createSpotter(ruleWords())))) {
    yield* entriesOf(lines, first);
  }
}

/** The words without which no rule holds, as bytes of UTF-8. */
function ruleWords(): Buffer[] {
  const keys = [...new Set(rules.flatMap(rule => rule.patterns.map(one => one.key)))].sort(
    (a, b) => a.length - b.length,
  );
  const kept: string[] = [];
  for (const key of keys) if (!kept.some(shorter => key.includes(shorter))) kept.push(key);
  return kept.map(key => Buffer.from(key));
}
