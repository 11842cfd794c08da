import { splitFields, trimSpace } from '../system/go-text.ts';
import { isGlob } from './glob.ts';

/**
 * Why a pattern of GOPRIVATE and its like can match no module path at all; `subdomains-only` matches, but not the bare domain that
 * its writer may have meant too.
 */
export type PatternFault =
  | 'space'
  | 'separator'
  | 'quotes'
  | 'scheme'
  | 'port'
  | 'upper-case'
  | 'leading-dot'
  | 'dots'
  | 'slash'
  | 'no-dot'
  | 'character'
  | 'malformed'
  | 'subdomains-only';

export interface PatternReport {
  /** As written between the commas, spaces included. */
  pattern: string;
  faults: PatternFault[];
  /** What was meant, several where they stood in one; the pattern itself where it is right; empty where nobody can tell. */
  repaired: string[];
}

/** Judges each pattern of a comma-separated list. Patterns that are fine are left out. */
export function inspectPatterns(value: string): PatternReport[] {
  const all = value.split(',').filter(pattern => trimSpace(pattern) !== '');
  const reports = all.map(inspect).filter(({ faults }) => faults.length > 0);
  const meant = new Set(all.flatMap(pattern => inspect(pattern).repaired));
  return reports.filter(
    ({ faults, pattern }) => faults.some(fault => fault !== 'subdomains-only') || !meant.has(pattern.slice(2)),
  );
}

/** The list with every pattern as it was meant, duplicates gone; null where nothing is to repair or nobody can tell. */
export function repairPatterns(value: string): string | null {
  const patterns = value.split(',').filter(pattern => trimSpace(pattern) !== '');
  const repaired = [...new Set(patterns.flatMap(pattern => inspect(pattern).repaired))].join(',');
  const broken = patterns.some(pattern => inspect(pattern).faults.some(fault => fault !== 'subdomains-only'));
  return broken && repaired !== '' && repaired !== value ? repaired : null;
}

function inspect(pattern: string): PatternReport {
  const faults = new Set<PatternFault>();
  let text = pattern;
  const change = (fault: PatternFault, changed: string): void => {
    if (changed !== text) faults.add(fault);
    text = changed;
  };
  change('space', trimSpace(text));
  change('quotes', text.replace(/^["'“”‘’`]+|["'“”‘’`]+$/g, ''));
  const parts = splitFields(text.replace(/[;，；、|]/g, ' '));
  if (parts.length > 1 || parts[0] !== text) {
    faults.add(/[;，；、|]/.test(text) ? 'separator' : 'space');
    const inner = parts.map(inspect);
    for (const fault of inner.flatMap(report => report.faults)) faults.add(fault);
    return { pattern, faults: [...faults], repaired: inner.flatMap(report => report.repaired) };
  }
  change('scheme', text.replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?/i, '').replace(/^[\w.-]+@([^/:]+):/, '$1/'));
  change('slash', text.replace(/^\/+/, '').replace(/\/{2,}/g, '/'));
  change('port', text.replace(/^([^/]*?):[0-9]*(?=\/|$)/, '$1'));
  change('dots', text.replace(/\/\.\.\.$/, ''));
  change('leading-dot', text.replace(/^\.(?=[^./])/, '*.'));
  const [host, ...path] = text.split('/');
  change('upper-case', [host!.toLowerCase(), ...path].join('/'));
  const fatal = unrepairable(text);
  if (fatal) return { pattern, faults: [...faults, fatal], repaired: [] };
  if (/^\*\.[^*?[\\/]+$/.test(text)) faults.add('subdomains-only');
  return { pattern, faults: [...faults], repaired: [text.replace(/\/$/, '')] };
}

function unrepairable(pattern: string): PatternFault | null {
  if (!isGlob(pattern)) return 'malformed';
  if (/[^\w.~\-*?[\]^\\/]/.test(pattern)) return 'character';
  const first = pattern.split('/')[0]!;
  return first !== 'none' && !/[.*?[\\]/.test(first) ? 'no-dot' : null;
}
