import { knownDatabase } from '../../go/gosumdb.ts';
import { matchingPattern } from '../../go/patterns.ts';
import { privatePatternOf } from '../../go/private-names.ts';
import { plainShellWord } from '../../system/shell-word.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts, Need } from '../facts.ts';
import { type Finding, problem } from '../finding.ts';
import { missedIn } from '../missed.ts';
import { asksDatabaseFor, asksPublicMirrorsOnly } from '../needs.ts';

/**
 * Modules whose names look private, but which no pattern keeps away from public servers that do not have them; and which pattern was
 * to do that, where one was.
 */
export const privateNames: Check = {
  id: 'private-names',
  group: 'private',
  applies: ({ needs }) => needs.some(({ looksPrivate }) => looksPrivate),
  run: facts => facts.needs.filter(({ looksPrivate }) => looksPrivate).flatMap(need => judge(need, facts)),
};

function judge(need: Need, facts: DoctorFacts): Finding[] {
  const { path, version } = need;
  const { GOPRIVATE } = facts.settings.values;
  const args = { module: `${path}@${version}`, pattern: privatePatternOf(path) ?? path };
  const about = { module: path, version };
  const isPublic = facts.gosumdb.ok && facts.gosumdb.kind === 'database' && facts.gosumdb.name === knownDatabase.name;
  if (isPublic && asksDatabaseFor(need, facts)) {
    const missed = missedIn(facts, 'GONOSUMDB', path);
    const details = {
      ...missed,
      args: { ...args, ...missed?.args },
      about: { ...about, uncovered: 'GONOSUMDB' },
    } as const;
    return [problem('fail', 'sumdb-private-module', missed?.target ?? path, details)];
  }
  // What GOPRIVATE names and GONOPROXY does not is judged with the patterns.
  if (need.direct !== null || need.cached || !asksPublicMirrorsOnly(facts)) return [];
  if (matchingPattern(GOPRIVATE.value, path) !== null) return [];
  const missed = missedIn(facts, 'GONOPROXY', path);
  const details = { ...missed, args: { ...args, ...missed?.args } };
  // By a pattern of the user's it was meant to be private; by its name alone it is not made so.
  if (missed && missed.target !== path) {
    const uncovered = { ...about, uncovered: 'GONOPROXY' } as const;
    return [problem('fail', 'mirror-not-found-404-410', missed.target, { ...details, about: uncovered })];
  }
  const commands = [`go-mirror private add ${plainShellWord(args.pattern)}`];
  return [
    problem('fail', 'mirror-not-found-404-410', path, { code: 'private-name-at-mirrors', ...details, about, commands }),
  ];
}
