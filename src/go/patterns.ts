/** The first pattern of a GOPRIVATE-like list that matches a module path, or null. As `module.MatchPrefixPatterns` (x/mod/module). */
export function matchingPattern(_patterns: string, _modulePath: string): string | null {
  throw new Error('pending');
}
