import { quote, trimSpace } from '../system/go-text.ts';
import { matchingPattern } from './patterns.ts';

/** Which version control tools go may start for a module that it fetches from its origin. */
export interface VcsRule {
  /** The pattern of GOVCS that decides, `public` or `private` for the built-in rules. */
  pattern: string;
  /** `all`, or names of tools. */
  allowed: string[];
  /** Whether GOPRIVATE matches, which is what GOVCS calls private. */
  private: boolean;
}

export type ParsedGovcs = { ok: true; rules: Omit<VcsRule, 'private'>[] } | { ok: false; message: string };

/** Reads GOVCS as `parseGOVCS` does (cmd/go/internal/vcs/vcs.go). */
export function parseGovcs(value: string): ParsedGovcs {
  const text = trimSpace(value);
  const rules: Omit<VcsRule, 'private'>[] = [];
  const seen = new Map<string, string>();
  for (const item of text === '' ? [] : text.split(',').map(trimSpace)) {
    if (item === '') return refuse('empty entry in GOVCS');
    const colon = item.indexOf(':');
    if (colon < 0) return refuse(`malformed entry in GOVCS (missing colon): ${quote(item)}`);
    const pattern = trimSpace(item.slice(0, colon));
    const list = trimSpace(item.slice(colon + 1));
    if (pattern === '') return refuse(`empty pattern in GOVCS: ${quote(item)}`);
    if (list === '') return refuse(`empty VCS list in GOVCS: ${quote(item)}`);
    if (/^\.\.?(?:\/|$)/.test(pattern)) return refuse(`relative pattern not allowed in GOVCS: ${quote(pattern)}`);
    const before = seen.get(pattern);
    if (before) return refuse(`unreachable pattern in GOVCS: ${quote(item)} after ${quote(before)}`);
    seen.set(pattern, item);
    const allowed = list.split('|').map(trimSpace);
    if (allowed.includes('')) return refuse(`empty VCS name in GOVCS: ${quote(item)}`);
    rules.push({ pattern, allowed });
  }
  return { ok: true, rules };
}

const builtIn = [
  { pattern: 'private', allowed: ['all'] },
  { pattern: 'public', allowed: ['git', 'hg'] },
];

/** The rule that decides for a module path: the first that matches, the built-in ones last. */
export function vcsRuleOf(rules: readonly Omit<VcsRule, 'private'>[], modulePath: string, goprivate: string): VcsRule {
  const isPrivate = matchingPattern(goprivate, modulePath) !== null;
  const matches = (pattern: string): boolean => {
    if (pattern === 'private') return isPrivate;
    if (pattern === 'public') return !isPrivate;
    return matchingPattern(pattern, modulePath) !== null;
  };
  return { ...[...rules, ...builtIn].find(({ pattern }) => matches(pattern))!, private: isPrivate };
}

function refuse(message: string): ParsedGovcs {
  return { ok: false, message };
}
