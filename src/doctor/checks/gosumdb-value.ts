import type { Check } from '../check.ts';
import { type Finding, ofRemark } from '../finding.ts';
import { asksDatabase } from '../needs.ts';
import { unsetting } from '../unsetting.ts';
import { remarksOnValue } from '../value-remarks.ts';
import { provenByPull } from './database.ts';

/** GOSUMDB: whether go can read it, whether it names a database, and whether it leaves modules unverified. */
export const gosumdbValue: Check = {
  id: 'gosumdb-value',
  group: 'database',
  applies: ({ settings }) => settings.go !== null,
  run: facts => {
    const { needs, database } = facts;
    const status = asksDatabase(facts) ? 'fail' : 'warn';
    const works = database?.ok === true || provenByPull(facts);
    const unverified = needs.some(({ direct, looksPrivate }) => !direct && !looksPrivate);
    return remarksOnValue(facts, 'GOSUMDB').flatMap((remark): Finding[] => {
      if (remark.level === 'fail') return [ofRemark(remark, status, 'gosumdb-malformed')];
      // A database that was proven is one, whatever its address looks like.
      if (remark.code === 'sumdb-wrong-url') return works ? [] : [ofRemark(remark, status, 'gosumdb-malformed')];
      if (remark.code !== 'sumdb-off') return remark.level === 'warn' ? [ofRemark(remark, 'warn')] : [];
      return unverified ? [ofRemark(remark, 'warn', null, { commands: [unsetting('GOSUMDB', facts)] })] : [];
    });
  },
};
