import { causes } from '../causes.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Translate } from '../messages/index.ts';
import { untrusted } from '../system/text.ts';
import type { Output } from './output.ts';

/** Prints what a failed pull comes from and what puts it right: the cause first, then the commands, then what it rests on. */
export function showExplanation(explanation: Explanation, exitCode: number | null, out: Output, t: Translate): void {
  const { cause, culprit, evidence, line, alternatives, fixes, rule: _rule, ...rest } = explanation;
  const worded = fixes.map(({ command, code, args }) => ({
    command,
    why: t.optional(`explain.why.${code}`, args) ?? '',
  }));
  const json = {
    cause,
    culprit,
    ...rest,
    evidence: evidence && untrusted(evidence, 500),
    line,
    alternatives,
    fixes: worded,
  };
  out.json('explain', exitCode === null ? json : { ...json, exitCode });
  // With a command, stdout is the command's.
  const say = exitCode === null ? out.result : out.note;
  const paint = exitCode === null ? out.paint : out.paintNote;
  if (out.options.json) return;
  if (!cause) {
    say(t('explain.nothing'));
    say(paint.dim(t('explain.nothing.hint')));
    return;
  }
  const about = culprit ? `${paint.bold(untrusted(culprit.value))} · ${cause}` : cause;
  say(`${cause === 'not-a-pull-problem' ? paint.yellow('○') : paint.red('✗')} ${about}`);
  say(`  ${t.optional(`explain.cause.${cause}`)}`);
  if (evidence) say(paint.dim(`  > ${untrusted(evidence, 300)}  (${t('explain.line', { number: line ?? 1 })})`));
  say(`  ${t.optional(`explain.fix.${cause}`)}`);
  for (const { command, why } of worded)
    say(`  ${paint.green('→')} ${paint.bold(untrusted(command, 400))}\n      ${why}`);
  if (alternatives)
    say(paint.dim(`  ${t('explain.or', { causes: alternatives.causes.join(', '), command: alternatives.command })}`));
}

/** Prints every cause with its explanation and fix. */
export function showCauses(out: Output, t: Translate): number {
  const listed = causes.map(cause => ({
    cause,
    explanation: t.optional(`explain.cause.${cause}`) ?? '',
    fix: t.optional(`explain.fix.${cause}`) ?? '',
  }));
  out.json('explain', { causes: listed });
  for (const { cause, explanation, fix } of listed) {
    out.result(`${out.paint.bold(cause)}\n  ${explanation}\n  ${t('explain.list.fix', { fix })}\n`);
  }
  return 0;
}
