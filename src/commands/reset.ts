import { readGoFacts } from '../go/facts.ts';
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
  return runChange(invocation, { facts, what, dryRun, withoutGo, plan: () => ({ wanted, warnings: [] }) });
};
