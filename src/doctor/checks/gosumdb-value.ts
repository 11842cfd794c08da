import type { Check } from '../check.ts';
import { problem } from '../finding.ts';
import { asksDatabase } from '../judge.ts';

/** GOSUMDB: whether go can read it, and whether it leaves modules unverified. */
export const gosumdbValue: Check = {
  id: 'gosumdb-value',
  group: 'database',
  applies: ({ settings }) => settings.go !== null,
  run: facts => {
    const { gosumdb, settings } = facts;
    const { value } = settings.values.GOSUMDB;
    if (!gosumdb.ok) {
      const status = asksDatabase(facts) ? 'fail' : 'warn';
      return [problem(status, 'gosumdb-malformed', 'GOSUMDB', { args: { value }, detail: gosumdb.message })];
    }
    const unverified = facts.needs.some(({ direct, looksPrivate }) => !direct && !looksPrivate);
    if (gosumdb.kind === 'off' && unverified) {
      return [problem('warn', null, 'GOSUMDB', { code: 'gosumdb-off', commands: ['go env -u GOSUMDB'] })];
    }
    return [];
  },
};
