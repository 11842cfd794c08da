import type { Translate } from '../../messages/index.ts';
import { untrusted } from '../../system/text.ts';
import { type ShownExplanation, wordedFixes } from '../table/explanation.ts';

/** The fields of `explain --json`. */
export function explanationJson(shown: ShownExplanation, t: Translate): object {
  const { probed, exitCode, advice: _, ...rest } = shown;
  const alternatives = shown.alternatives && {
    ...shown.alternatives,
    command: t.command(shown.alternatives.command),
  };
  const evidence = shown.evidence && untrusted(shown.evidence, 500);
  const optional = { ...(probed && { probe: probed }), ...(exitCode !== null && { exitCode }) };
  return { ...rest, alternatives, evidence, fixes: wordedFixes(shown, t), ...optional };
}
