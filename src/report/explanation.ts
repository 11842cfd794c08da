import { causes } from '../causes.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Probed } from '../explain/probing.ts';
import type { Translate } from '../messages/index.ts';
import { untrusted } from '../system/text.ts';
import type { Output } from './output.ts';

/** What is shown: the explanation, what a probe added, and how the command ended (null where there was none). */
export interface ShownExplanation extends Explanation {
  probed: Probed | null;
  exitCode: number | null;
}

/** Prints what a failed pull comes from and what puts it right. With a command, stdout is the command's: all goes to stderr. */
export function showExplanation(shown: ShownExplanation, out: Output, t: Translate): void {
  const { rule, exitCode, probed, ...rest } = shown;
  const evidence = shown.evidence && untrusted(shown.evidence, 500);
  const optional = { ...(probed && { probe: probed }), ...(exitCode !== null && { exitCode }) };
  out.json('explain', { ...rest, evidence, fixes: worded(shown, t), ...optional });
  if (rule) out.detail(`rule ${rule}`);
  if (out.options.json) return;
  const [say, paint] = exitCode === null ? [out.result, out.paint] : [out.note, out.paintNote];
  for (const line of linesFor(shown, paint, t)) say(line);
}

/** The cause first, what it rests on, then the commands, then what is left open. */
function* linesFor(shown: ShownExplanation, paint: Output['paint'], t: Translate): Generator<string> {
  const { cause, culprit, evidence, line, alternatives, route, probed } = shown;
  if (shown.exitCode === 0) return yield t('explain.succeeded');
  if (!cause) {
    yield t('explain.nothing');
    return yield paint.dim(t('explain.nothing.hint'));
  }
  const mark = cause === 'not-a-pull-problem' ? paint.yellow('○') : paint.red('✗');
  yield `${mark} ${culprit ? `${paint.bold(untrusted(culprit.value))} · ` : ''}${cause}`;
  yield `  ${t.optional(`explain.cause.${cause}`)}`;
  if (evidence) yield paint.dim(`  > ${untrusted(evidence, 300)}  (${t('explain.line', { number: line ?? 1 })})`);
  yield `  ${t.optional(`explain.fix.${cause}`)}`;
  for (const { command, why } of worded(shown, t)) yield `  ${paint.green('→')} ${paint.bold(command)}\n      ${why}`;
  if (route) {
    const steps = untrusted(route.steps.map(step => step.url ?? step.kind).join(' → '), 400);
    yield paint.dim(`  ${t('explain.route', { module: untrusted(route.module), steps })}`);
  }
  if (probed) {
    yield paint.dim(`  ${probedSentence(probed, t)}`);
  } else if (alternatives) {
    const command = untrusted(alternatives.command, 400);
    yield paint.dim(`  ${t('explain.or', { causes: alternatives.causes.join(', '), command })}`);
  }
}

function worded({ fixes }: Explanation, t: Translate): { command: string; why: string }[] {
  return fixes.map(({ command, code, args }) => ({
    command: untrusted(command, 400),
    why: t.optional(`explain.why.${code}`, args) ?? '',
  }));
}

function probedSentence({ url, cause, ok, status, detail }: Probed, t: Translate): string {
  if (ok) return t('explain.probed.answers', { url: untrusted(url), status: status ?? '' });
  return t('explain.probed.fails', { url: untrusted(url), cause: cause ?? '', detail: untrusted(detail) });
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
