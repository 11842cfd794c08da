import { readVerdict } from '../../explain/explain.ts';
import { reasonOf } from '../../explain/refusal.ts';
import { untrusted } from '../../system/text.ts';
import type { Complaint } from '../facts.ts';

/** Go's own words, made safe, and what the rules of `explain` make of them. */
export async function complaintOf(text: string): Promise<Complaint> {
  const verdict = await readVerdict(once(Buffer.from(text)));
  // `GOVCS disallows using git for private example.com/team/lib; see 'go help vcs'` (cmd/go/internal/vcs/vcs.go)
  const [, program, module] = /GOVCS disallows using (\w+) for (?:private |public )?([^\s;]+)/.exec(text) ?? [];
  const reason = verdict && reasonOf(verdict);
  // Where go.work names too low a release it is that line, and no toolchain is lacking.
  const [, release] = (!text.includes('but go.work lists go') && /requires go >= ([^\s;,]+)/.exec(text)) || [];
  return {
    text: untrusted(text, 600),
    cause: verdict?.cause ?? null,
    culprit: verdict?.culprit?.value ?? '',
    ...(reason ? { reason } : {}),
    ...(program && module ? { refusedVcs: { program, module } } : {}),
    ...(release ? { release } : {}),
  };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
