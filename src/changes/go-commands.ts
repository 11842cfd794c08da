import { shellWord } from '../system/shell-word.ts';
import type { Change } from './plan.ts';

/** The commands of go that make these changes: one that sets and one that takes out, as far as there is something for them. */
export function goCommands(changes: readonly Change[]): string[] {
  const set = changes.flatMap(({ key, to }) => (to === null ? [] : [shellWord(`${key}=${to}`)]));
  const unset = changes.flatMap(({ key, to }) => (to === null ? [key] : []));
  return [
    ...(set.length > 0 ? [`go env -w ${set.join(' ')}`] : []),
    ...(unset.length > 0 ? [`go env -u ${unset.join(' ')}`] : []),
  ];
}
