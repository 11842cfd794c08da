import { causes } from '../../causes.ts';
import type { Explanation } from '../../explain/explanation.ts';
import type { Probed } from '../../explain/probing.ts';
import type { Translate } from '../../messages/index.ts';
import { untrusted } from '../../system/text.ts';
import { type Drawing, type Line, note, result } from '../line.ts';

/** What is shown: the explanation, what a probe added, and how the command ended (null where there was none). */
export interface ShownExplanation extends Explanation {
  probed: Probed | null;
  exitCode: number | null;
}

/** What a failed pull comes from and what puts it right. With a command, stdout is the command's: all goes to stderr. */
export function explanationTable(shown: ShownExplanation, { t, paint, paintNote }: Drawing): Line[] {
  const [line, pens] = shown.exitCode === null ? [result, paint] : [note, paintNote];
  return [...linesFor(shown, pens, t)].map(line);
}

/** The cause first, what it rests on, then the commands, then what is left open. */
function* linesFor(shown: ShownExplanation, paint: Drawing['paint'], t: Translate): Generator<string> {
  const { cause, reason, culprit, evidence, line, advice, alternatives, route, probed } = shown;
  if (shown.exitCode === 0) return yield t('explain.succeeded');
  if (!cause) {
    yield t('explain.nothing');
    return yield paint.dim(t('explain.nothing.hint'));
  }
  const mark = cause === 'not-a-pull-problem' ? paint.yellow('○') : paint.red('✗');
  yield `${mark} ${culprit ? `${paint.bold(untrusted(culprit.value))} · ` : ''}${cause}`;
  yield `  ${t.optional(`explain.cause.${cause}`)}`;
  if (reason) yield `  ${t.optional(`explain.reason.${reason}`)}`;
  if (evidence) yield paint.dim(`  > ${untrusted(evidence, 300)}  (${t('explain.line', { number: line ?? 1 })})`);
  yield `  ${t.optional(`explain.fix.${advice}`)}`;
  for (const { command, why } of wordedFixes(shown, t))
    yield `  ${paint.green('→')} ${paint.bold(command)}\n      ${why}`;
  if (route) {
    const steps = untrusted(route.steps.map(step => step.url ?? step.kind).join(' → '), 400);
    yield paint.dim(`  ${t('explain.route', { module: untrusted(route.module), steps })}`);
  }
  if (probed) {
    yield paint.dim(`  ${probedSentence(probed, t)}`);
  } else if (alternatives) {
    const command = t.command(untrusted(alternatives.command, 400));
    yield paint.dim(`  ${t('explain.or', { causes: alternatives.causes.join(', '), command })}`);
  }
}

/** The commands that help, each with why. */
export function wordedFixes({ fixes }: Explanation, t: Translate): { command: string; why: string }[] {
  return fixes.map(({ command, code, args }) => ({
    command: t.command(untrusted(command, 400)),
    why: t.optional(`explain.why.${code}`, args) ?? '',
  }));
}

function probedSentence({ url, cause, ok, status, detail }: Probed, t: Translate): string {
  if (ok) return t('explain.probed.answers', { url: untrusted(url), status: status ?? '' });
  return t('explain.probed.fails', { url: untrusted(url), cause: cause ?? '', detail: untrusted(detail) });
}

/** Every cause with its explanation and fix, as data. */
export const listedCauses = (t: Translate) =>
  causes.map(cause => ({
    cause,
    explanation: t.optional(`explain.cause.${cause}`) ?? '',
    fix: t.optional(`explain.fix.${cause}`) ?? '',
  }));

/** The same for a person. */
export const causesTable = ({ t, paint }: Drawing): Line[] =>
  listedCauses(t).map(({ cause, explanation, fix }) =>
    result(`${paint.bold(cause)}\n  ${explanation}\n  ${t('explain.list.fix', { fix })}\n`),
  );
