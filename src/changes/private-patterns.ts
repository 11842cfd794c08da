import { inspectPatterns } from '../go/inspect-patterns.ts';
import { CliError } from '../system/errors.ts';
import type { Warning } from './plan.ts';

/** The patterns of options and operands, each of which may be a list. Those that can match nothing are repaired later. */
export const splitGiven = (given: readonly string[]): string[] =>
  given.flatMap(list => list.split(',')).filter(pattern => pattern.trim());

/**
 * Adds patterns to a list, each once, and puts right those that could match nothing, also of the list. Throws
 * `private.bad-pattern`, exit code 2, for an added one of which nobody can tell what was meant.
 */
export function mergePatterns(current: string, added: readonly string[]): { value: string; warnings: Warning[] } {
  const warnings: Warning[] = [];
  for (const pattern of added) {
    if (meant(pattern).length === 0) throw new CliError('private.bad-pattern', { pattern: pattern.trim() });
  }
  const patterns = [...splitGiven([current]), ...added].flatMap(pattern => {
    const repaired = meant(pattern);
    if (repaired.length === 0) return pattern;
    if (repaired.join() !== withoutSlash(pattern.trim())) {
      warnings.push({ code: 'pattern-repaired', args: { pattern: pattern.trim(), repaired: repaired.join() } });
    }
    return repaired;
  });
  return { value: [...new Set(patterns)].join(','), warnings };
}

/** Takes patterns out of a list. `absent`: those that were not in it. */
export function removePatterns(current: string, removed: readonly string[]): { value: string; absent: string[] } {
  const key = (pattern: string): string => meant(pattern).join() || pattern.trim();
  const listed = splitGiven([current]);
  const gone = new Set(removed.map(key));
  const absent = removed.filter(pattern => !listed.some(known => key(known) === key(pattern)));
  return { value: listed.filter(pattern => !gone.has(key(pattern))).join(','), absent };
}

/** What a pattern was meant to be; nothing where nobody can tell. */
function meant(pattern: string): string[] {
  const [report] = inspectPatterns(pattern);
  return report ? report.repaired : [withoutSlash(pattern)];
}

const withoutSlash = (pattern: string): string => pattern.replace(/\/$/, '');
