import { explanationOf, readVerdict } from '../explain/explain.ts';
import type { Machine } from '../explain/machine.ts';
import type { Translate } from '../messages/index.ts';
import type { Blame } from '../relay/blame.ts';
import type { Output } from './output.ts';

/** What a failed pull comes from, for JSON. */
export interface PullFailure {
  cause: string | null;
  failures: Blame['failures'];
}

/** Says why a pull failed: what each upstream did, else what go's own words mean, and the command that helps. */
export async function explainFailure(
  messages: string,
  found: Blame | null,
  machine: Machine,
  out: Output,
  t: Translate,
): Promise<PullFailure> {
  const explanation = found ? null : explanationOf(await readVerdict(textBytes(messages)), machine);
  const cause = found?.cause ?? explanation?.cause ?? null;
  for (const { upstream, words } of found?.failures ?? []) out.warn(t('relay.failed.at', { name: upstream, words }));
  if (cause) {
    const sentence = cause === 'stalled' ? t('relay.stalled') : (t.optional(`explain.cause.${cause}`) ?? '');
    out.warn(`  ${out.paintNote.bold(cause)}: ${sentence}`);
  }
  const command = explanation?.fixes[0]?.command ?? 'go-mirror doctor';
  out.warn(`  ${out.paintNote.green('→')} ${out.paintNote.bold(command)}`);
  return { cause, failures: found?.failures ?? [] };
}

async function* textBytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
