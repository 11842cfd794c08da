import type { Reason } from '../../causes.ts';
import { readVerdict } from '../../explain/explain.ts';
import { refusalOf } from '../../modproxy/refusal.ts';
import { untrusted } from '../../system/text.ts';
import type { Complaint } from '../facts.ts';

/** Go's own words, made safe, and what the rules of `explain` make of them. */
export async function complaintOf(text: string): Promise<Complaint> {
  const verdict = await readVerdict(once(Buffer.from(text)));
  // `GOVCS disallows using git for private example.com/team/lib; see 'go help vcs'` (cmd/go/internal/vcs/vcs.go)
  const [, program, module] = /GOVCS disallows using (\w+) for (?:private |public )?([^\s;]+)/.exec(text) ?? [];
  const reason = reasonIn(text);
  const [, release] = /requires go >= ([^\s;]+)/.exec(text) ?? [];
  return {
    text: untrusted(text, 600),
    cause: verdict?.cause ?? null,
    culprit: verdict?.culprit?.value ?? '',
    ...(reason ? { reason } : {}),
    ...(program && module ? { refusedVcs: { program, module } } : {}),
    ...(release ? { release } : {}),
  };
}

/** Why a mirror said no, in what go quotes of its answer (cmd/go/internal/web/api.go, `HTTPError.Error`). */
function reasonIn(text: string): Reason | null {
  const [, status, said] = /: ([45]\d\d)\b[^\n]*\n\s*server response:([\s\S]*)/.exec(text) ?? [];
  return status === undefined ? null : refusalOf({ status: Number(status), headers: {}, text: said!.trim() }).reason;
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}
