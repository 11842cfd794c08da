import { globMatches } from './glob.ts';

/** The patterns of a GOPRIVATE-like list as go sees them: split at commas, one trailing slash and empty ones gone, spaces kept. */
export function splitPatterns(patterns: string): string[] {
  return patterns
    .split(',')
    .map(pattern => pattern.replace(/\/$/, ''))
    .filter(Boolean);
}

/** The first pattern of a GOPRIVATE-like list that matches a module path, or null. As `module.MatchPrefixPatterns` (x/mod/module). */
export function matchingPattern(patterns: string, modulePath: string): string | null {
  const elements = modulePath.split('/');
  return (
    splitPatterns(patterns).find(pattern => {
      const length = pattern.split('/').length;
      return length <= elements.length && globMatches(pattern, elements.slice(0, length).join('/'));
    }) ?? null
  );
}
