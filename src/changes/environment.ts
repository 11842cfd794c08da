import type { Settings } from '../go/settings.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Resolved } from '../mirrors/resolve.ts';
import { mergePatterns } from './private-patterns.ts';
import { chooseSumdb } from './sumdb-choice.ts';

/**
 * What belongs to mirrors beside GOPROXY, as variables for one command: their private patterns merged with those in effect,
 * and for a mirror alone the checksum database that goes with it, as `use` would set them.
 */
export function profileVariables(
  settings: Settings,
  mirrors: readonly Mirror[],
  chosen: readonly Resolved[],
): Record<string, string> {
  const variables: Record<string, string> = {};
  const merge = (key: 'GOPRIVATE' | 'GONOPROXY', lists: readonly (string | undefined)[]): void => {
    const added = lists.flatMap(list => list?.split(',') ?? []).filter(pattern => pattern.trim());
    if (added.length > 0) variables[key] = mergePatterns(settings.values[key].value, added).value;
  };
  merge(
    'GOPRIVATE',
    chosen.map(({ mirror }) => mirror?.private),
  );
  merge(
    'GONOPROXY',
    chosen.map(({ mirror }) => mirror?.noProxy),
  );
  const [only, ...others] = chosen;
  if (only && others.length === 0) {
    const { value } = chooseSumdb({
      settings,
      mirrors,
      proxies: [only],
      asked: only.mirror?.gosumdb,
      chosenOver: undefined,
    });
    if (value) variables.GOSUMDB = value;
  }
  return variables;
}
