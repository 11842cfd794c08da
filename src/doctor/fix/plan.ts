import type { Wanted } from '../../changes/plan.ts';
import { matchingPattern } from '../../go/patterns.ts';
import type { SettingName } from '../../go/settings.ts';
import { mayHear } from '../../mirrors/trust.ts';
import type { Damage, DoctorFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { isAnswer } from './answers.ts';
import { callsForDatabase, callsForMirror } from './calls.ts';
import { databasesToTry } from './databases.ts';
import { settingsAfter } from './effective.ts';
import { listsToTry } from './lists.ts';
import { callsForOpening, opened } from './openings.ts';
import { type Remedy, remedyFor } from './remedy.ts';
import { repairOf, repairsOf } from './repairs.ts';

/** What would put the findings right: made once, and taken by everything that shows or does it. */
export interface FixPlan {
  /** Settings that are right by themselves: values as they were meant. Written also where nothing can be proven. */
  repairs: Wanted;
  /** Settings of which only trying can tell, each with the repairs: the first one that a real download succeeds with is written. */
  candidates: readonly Wanted[];
  /** The failing findings that the repairs, and that the candidates beside them are to put right. */
  repaired: readonly Finding[];
  cured: readonly Finding[];
  /** What is taken out of the module cache, for go to fetch it again. */
  damaged: readonly Damage[];
  /** Settings that would help, were they not hidden by variables of the environment. */
  hidden: readonly SettingName[];
  /** What helps against each finding. */
  remedies: ReadonlyMap<Finding, Remedy>;
}

const mostCandidates = 12;

/** What may be changed where a block or a wrong checksum is among the findings: it leads nowhere else and verifies no less. */
const harmless = new Set(['GO111MODULE', 'GOSUMDB']);

/**
 * Plans the fix of these findings. Only what the settings file can change; nothing that weakens verification, leads around a
 * gatekeeper, or tells a public mirror a name that is private or looks so.
 */
export function planFixes(findings: readonly Finding[], facts: DoctorFacts): FixPlan {
  const { settings } = facts;
  const wrong = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const answered = wrong.some(finding => isAnswer(finding, facts));
  const repairs = allowed(repairsOf(wrong, facts));
  const value = (key: SettingName): string => repairs.get(key) ?? settings.values[key].value;
  const calling = answered ? [] : wrong.filter(finding => callsForMirror(finding, facts));
  const lost = answered ? [] : wrong.filter(finding => callsForDatabase(finding, facts));
  const shut = answered ? [] : wrong.filter(finding => callsForOpening(finding, facts));
  const openings = shut.length > 0 ? opened(facts) : new Map<string, string | null>();
  const lists = calling.length > 0 ? listsToTry(facts, value('GOPROXY')) : [];
  const databases = lists.length + lost.length > 0 ? databasesToTry(facts, value('GOSUMDB')) : [undefined];
  const asItIs = repairs.size + openings.size > 0 || lists.length === 0 ? [undefined] : [];
  // Where the database is what fails another way to it is gentler than another mirror.
  const pairs =
    lost.length > 0
      ? [undefined, ...lists].flatMap(list => databases.map(database => ({ list, database })))
      : databases.flatMap(database => [...asItIs, ...lists].map(list => ({ list, database })));
  const full = distinct(pairs.map(settingsOf)).filter(
    wanted => wanted.size > 0 && tellsNoPrivateName(wanted, repairs, facts),
  );
  const writable = full.filter(wanted => [...wanted.keys()].every(key => repairs.has(key) || !isHidden(key)));
  const candidates = distinct(writable.map(changeable)).filter(({ size }) => size > 0);
  const best = full[0] ?? repairs;
  return {
    repairs: changeable(repairs),
    candidates: candidates.slice(0, mostCandidates),
    repaired: wrong.filter(finding => changeable(allowed(repairOf(finding, facts))).size > 0),
    cured: [...new Set([...calling, ...lost, ...shut])],
    damaged: facts.cache?.damaged ?? [],
    hidden: [...best.keys()].filter(isHidden) as SettingName[],
    remedies: new Map(wrong.map(finding => [finding, remedyOf(finding)])),
  };

  function allowed(wanted: Wanted): Map<string, string | null> {
    return new Map([...wanted].filter(([key]) => !answered || harmless.has(key)));
  }

  function settingsOf({ list, database }: { list: string | undefined; database: string | undefined }): Wanted {
    const wanted = new Map([...repairs, ...openings]);
    if (list !== undefined) wanted.set('GOPROXY', list);
    if (database !== undefined) wanted.set('GOSUMDB', database);
    return wanted;
  }

  function isHidden(key: string): boolean {
    return settings.values[key as SettingName].source === 'os';
  }

  /** A variable of the environment hides what the file says: nothing to write then. */
  function changeable(wanted: Wanted): Wanted {
    return new Map(
      [...wanted].filter(([key, to]) => {
        const { source, value: before } = settings.values[key as SettingName];
        return !isHidden(key) && !(to === before && source === 'file');
      }),
    );
  }

  function remedyOf(finding: Finding): Remedy {
    const own = allowed(repairOf(finding, facts));
    const calls = calling.includes(finding) || lost.includes(finding);
    const opens = shut.includes(finding) ? [...openings.keys()] : [];
    const keys = own.size > 0 ? [...own.keys()] : calls ? ['GOPROXY', 'GOSUMDB'] : opens;
    const wanted = new Map([...best].filter(([key]) => keys.includes(key)));
    return remedyFor(finding, wanted, facts, answered);
  }
}

/**
 * Whether no place that is asked in place of another, a public one always, hears a name that it may not hear. What the repairs lead to
 * is what the settings were meant to say.
 */
function tellsNoPrivateName(wanted: Wanted, repairs: Wanted, facts: DoctorFacts): boolean {
  const after = settingsAfter(facts.settings, wanted);
  const isNew = (key: SettingName): boolean => wanted.has(key) && wanted.get(key) !== repairs.get(key);
  const hears = (key: 'GONOPROXY' | 'GONOSUMDB', path: string): boolean =>
    matchingPattern(after.values[key].value, path) === null;
  return facts.needs
    .filter(({ cached, path }) => !cached && !mayHear({ trust: 'public', inEffect: false }, after, path))
    .every(
      ({ path }) => !(isNew('GOPROXY') && hears('GONOPROXY', path)) && !(isNew('GOSUMDB') && hears('GONOSUMDB', path)),
    );
}

function distinct(maps: readonly Wanted[]): Wanted[] {
  const key = (map: Wanted): string => JSON.stringify([...map].sort());
  return maps.filter((map, index) => maps.findIndex(other => key(other) === key(map)) === index);
}
