import { remarksAfter, warningOf } from '../changes/advice.ts';
import type { Warning } from '../changes/plan.ts';
import { mergePatterns, removePatterns, splitGiven } from '../changes/private-patterns.ts';
import { valueInFile } from '../changes/value-in-file.ts';
import { readGoFacts } from '../go/facts.ts';
import { judgeSettings } from '../go/judge-settings.ts';
import { splitPatterns } from '../go/patterns.ts';
import type { Settings } from '../go/settings.ts';
import { allMirrors } from '../mirrors/all.ts';
import { warningJson } from '../report/json/change.ts';
import { warningLines } from '../report/warnings.ts';
import { CliError } from '../system/errors.ts';
import { runChange } from './change-flow.ts';
import type { Command, Invocation } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

interface Options {
  dryRun?: boolean;
  withoutGo?: boolean;
}

export const privatePatterns: Command<Options> = async invocation => {
  const [action, ...given] = invocation.args;
  if (action === undefined || action === 'list' || action === 'ls') return show(invocation);
  if (action !== 'add' && action !== 'remove') throw new CliError('private.usage', { action });
  const patterns = splitGiven(given);
  if (patterns.length === 0) throw new CliError('private.no-patterns');
  const { dryRun, withoutGo } = invocation.options;
  const facts = await readGoFacts(invocation.context);
  const mirrors = await allMirrors(invocation.context, facts, invocation.options.catalogue);
  return runChange(invocation, {
    facts,
    what: 'GOPRIVATE',
    dryRun,
    withoutGo,
    plan: settings => {
      const { wanted, warnings } = action === 'add' ? planAdd(settings, patterns) : planRemove(settings, patterns);
      const remarks = remarksAfter(settings, wanted, mirrors, ofNames);
      const isSaid = ({ code, args }: Warning): boolean =>
        warnings.some(said => said.code === code && said.args.pattern === args.pattern);
      return { wanted, warnings: [...warnings, ...remarks.filter(remark => !isSaid(remark))] };
    },
  });
};

/** What decides who hears a private name. */
const ofNames = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB'] as const;

function planAdd(settings: Settings, patterns: readonly string[]) {
  const { value, warnings } = mergePatterns(valueInFile(settings, 'GOPRIVATE') ?? '', patterns);
  return { wanted: new Map([['GOPRIVATE', value]]), warnings };
}

function planRemove(settings: Settings, patterns: readonly string[]) {
  const { value, absent } = removePatterns(valueInFile(settings, 'GOPRIVATE') ?? '', patterns);
  const warnings = absent.map(pattern => ({ code: 'pattern-absent', args: { pattern } }));
  return { wanted: new Map([['GOPRIVATE', value === '' ? null : value]]), warnings };
}

async function show(invocation: Invocation): Promise<number> {
  const { context, out, t, name } = invocation;
  const { settings } = await readGoFacts(context);
  await mentionLeftovers(invocation, settings.envFile.path);
  const { value, source, shadowed } = settings.values.GOPRIVATE;
  const patterns = splitPatterns(value);
  const warnings = judgeSettings(settings, () => null)
    .filter(({ setting, level }) => setting === 'GOPRIVATE' && level !== 'note')
    .map(remark => warningOf(remark, settings));
  const nothing = { changes: [], applied: false, effective: true };
  const flat = warnings.map(warning => warningJson(warning, t));
  out.json(name, { patterns, value, source, shadowed, ...nothing, warnings: flat });
  if (patterns.length === 0) out.note(t('private.none'));
  for (const pattern of patterns) out.result(pattern);
  if (patterns.length > 0) out.note(t('private.from', { source: t(`private.source.${source}`) }));
  out.show(warningLines(warnings, out.drawing(t)));
  return 0;
}
