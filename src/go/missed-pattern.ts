import { globMatches, isGlob } from './glob.ts';
import { inspectPatterns } from './inspect-patterns.ts';
import { matchingPattern, splitPatterns } from './patterns.ts';

/**
 * How a pattern misses a module that it was meant for. `other-path`, `other-host`: it names something else beside it, and nobody can
 * tell whether that is what was meant.
 */
export type Miss =
  | 'malformed'
  | 'spelling'
  | 'letter-case'
  | 'subdomains-only'
  | 'parent-domain'
  | 'too-long'
  | 'other-path'
  | 'other-host';

export interface MissedPattern {
  /** As it is written between the commas. */
  pattern: string;
  miss: Miss;
}

/** The pattern of a GOPRIVATE-like list that was meant for a module that no pattern of it matches; null where none comes near. */
export function missedPattern(patterns: string, modulePath: string): MissedPattern | null {
  if (matchingPattern(patterns, modulePath) !== null) return null;
  const written = patterns.split(',').filter(pattern => pattern.trim() !== '');
  for (const [miss, comesNear] of order) {
    const pattern = written.find(one => comesNear(one, modulePath));
    if (pattern !== undefined) return { pattern: pattern.trim(), miss };
  }
  return null;
}

type ComesNear = (pattern: string, path: string) => boolean;

const hostOf = (path: string): string => path.split('/')[0]!;
const covers = (pattern: string, path: string): boolean => matchingPattern(pattern, path) !== null;
const meant = (pattern: string): string =>
  inspectPatterns(pattern)
    .flatMap(({ repaired }) => repaired)
    .join();

/** The nearest first. */
const order: readonly [Miss, ComesNear][] = [
  ['letter-case', (pattern, path) => covers(pattern.toLowerCase(), path.toLowerCase())],
  ['spelling', (pattern, path) => covers(meant(pattern), path) || covers(pattern.replace(/\.git\/?$/, ''), path)],
  ['subdomains-only', (pattern, path) => pattern.startsWith('*.') && covers(pattern.slice(2), path)],
  ['parent-domain', (pattern, path) => isBelow(hostOf(path), hostOf(pattern)) && covers(`*.${pattern}`, path)],
  ['too-long', isLonger],
  ['malformed', pattern => splitPatterns(pattern).some(one => !isGlob(one))],
  ['other-path', (pattern, path) => hostOf(pattern) !== '*' && globMatches(hostOf(pattern), hostOf(path))],
  ['other-host', (pattern, path) => haveOneDomain(hostOf(pattern), hostOf(path))],
];

/** Without a dot it is no domain that anybody has. */
const isBelow = (host: string, domain: string): boolean => domain.includes('.') && host.endsWith(`.${domain}`);

/** Go matches as many elements of the path as the pattern has. */
function isLonger(pattern: string, path: string): boolean {
  const elements = pattern.split('/');
  const length = path.split('/').length;
  return elements.length > length && covers(elements.slice(0, length).join('/'), path);
}

const haveOneDomain = (host: string, other: string): boolean => {
  const domain = host.split('.').slice(1).join('.');
  return domain.includes('.') && domain === other.split('.').slice(1).join('.');
};
