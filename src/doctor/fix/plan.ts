import type { Change } from '../../changes/plan.ts';
import type { SettingName, Settings } from '../../go/settings.ts';
import type { Damage, DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { databasesToTry } from './databases.ts';
import { callsForMirror, listsToTry } from './lists.ts';
import { repairsOf } from './repairs.ts';

/** What would put the findings right. */
export interface FixPlan {
  /** The settings to write, several where only trying can tell: the first one that a real download succeeds with. */
  candidates: ReadonlyMap<string, string | null>[];
  /** What to write where none of them is proven: repairs that are right by themselves, and a mirror that answered well. */
  unproven: ReadonlyMap<string, string | null>;
  /** What is taken out of the module cache, for go to fetch it again. */
  damaged: Damage[];
}

const mostCandidates = 12;

/**
 * Plans the repairs of these findings. Only what the settings file can change, and nothing that weakens verification. `hidden`: also
 * what would have no effect, as a variable of the environment hides it.
 */
export function planFixes(findings: readonly Finding[], facts: DoctorFacts, { hidden = false } = {}): FixPlan {
  const { settings } = facts;
  const wrong = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const failing = wrong.filter(({ status }) => status === 'fail');
  const repairs = repairsOf(wrong, facts);
  const value = (key: SettingName): string => repairs.get(key) ?? settings.values[key].value;
  const mirrors = failing.some(callsForMirror) ? listsToTry(facts, value('GOPROXY')) : [];
  const asItIs = repairs.size > 0 || mirrors.length === 0 ? [undefined] : [];
  const databases = failing.some(({ cause }) => cause?.includes('sumdb') || callsForMirror({ cause } as Finding))
    ? databasesToTry(facts, value('GOSUMDB'))
    : [undefined];
  const fromDatabase = failing.some(({ cause }) => cause === 'sumdb-unreachable' || cause === 'sumdb-bad-response');
  const pairs = fromDatabase
    ? [undefined, ...mirrors].flatMap(list => databases.map(database => ({ list, database })))
    : databases.flatMap(database => [...asItIs, ...mirrors].map(list => ({ list, database })));
  const candidates = pairs.map(({ list, database }) => {
    return settingsOf({ list, database });
  });
  return {
    candidates: distinct(candidates.filter(({ size }) => size > 0)).slice(0, mostCandidates),
    unproven: settingsOf({ list: fromDatabase ? undefined : mirrors[0], database: undefined }),
    damaged: facts.cache?.damaged ?? [],
  };

  function settingsOf({ list, database }: { list: string | undefined; database: string | undefined }) {
    const wanted = new Map(repairs);
    if (list !== undefined) wanted.set('GOPROXY', list);
    if (database !== undefined) wanted.set('GOSUMDB', database);
    return hidden ? wanted : changeable(wanted, settings);
  }
}

/** A variable of the environment hides what the file says: nothing to write then. */
function changeable(wanted: ReadonlyMap<string, string | null>, { values }: Settings): Map<string, string | null> {
  return new Map(
    [...wanted].filter(([key, to]) => {
      const { source, value } = values[key as SettingName];
      return source !== 'os' && !(to === value && source === 'file');
    }),
  );
}

function distinct(maps: readonly ReadonlyMap<string, string | null>[]): ReadonlyMap<string, string | null>[] {
  const key = (map: ReadonlyMap<string, string | null>): string => JSON.stringify([...map].sort());
  return maps.filter((map, index) => maps.findIndex(other => key(other) === key(map)) === index);
}

/** Settings as changes to those in effect, for a person to see. */
export function changesFrom(wanted: ReadonlyMap<string, string | null>, { values }: Settings): Change[] {
  return [...wanted].map(([key, to]) => {
    const { value, source } = values[key as SettingName];
    return { key, from: source === 'file' || source === 'os' ? value : null, to };
  });
}
