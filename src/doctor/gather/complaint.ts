import { readVerdict } from '../../explain/explain.ts';
import { untrusted } from '../../system/text.ts';
import type { Complaint } from '../facts.ts';

/** Go's own words, made safe, and what the rules of `explain` make of them. */
export async function complaintOf(text: string): Promise<Complaint> {
  const verdict = await readVerdict(once(Buffer.from(text)));
  return { text: untrusted(text, 600), cause: verdict?.cause ?? null, culprit: verdict?.culprit?.value ?? '' };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
