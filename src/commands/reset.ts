import { remarksAfter } from '../changes/advice.ts';
import { readGoFacts } from '../go/facts.ts';
import type { Settings } from '../go/settings.ts';
import { allMirrors } from '../mirrors/all.ts';
import { runChange } from './change-flow.ts';
import type { Command } from './command.ts';

interface Options {
  all?: boolean;
  dryRun?: boolean;
  withoutGo?: boolean;
}

const chosen = ['GOPROXY', 'GOSUMDB'];
const patterns = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB'];

export const reset: Command<Options> = async invocation => {
  const { all, dryRun, withoutGo } = invocation.options;
  const keys = all ? [...chosen, ...patterns] : chosen;
  const wanted = new Map(keys.map(key => [key, null]));
  const what = invocation.t('reset.what');
  const facts = await readGoFacts(invocation.context);
  const mirrors = await allMirrors(invocation.context, facts, invocation.options.catalogue);
  const plan = (settings: Settings) => ({ wanted, warnings: remarksAfter(settings, wanted, mirrors) });
  return runChange(invocation, { facts, what, dryRun, withoutGo, plan });
};
