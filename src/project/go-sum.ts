/** One line of go.sum: the hash of a module's zip, or of its go.mod. */
export interface GoSumEntry {
  module: string;
  version: string;
  kind: 'zip' | 'mod';
  /** `h1:...` */
  hash: string;
}

/** What a hash is of, as go.sum writes it: `PATH VERSION`, or `PATH VERSION/go.mod`. */
export const sumName = ({ module, version, kind }: Pick<GoSumEntry, 'module' | 'version' | 'kind'>): string =>
  `${module} ${version}${kind === 'mod' ? '/go.mod' : ''}`;

/** An entry as a line of go.sum, without its end. */
export const sumLine = (entry: GoSumEntry): string => `${sumName(entry)} ${entry.hash}`;

/** Reads go.sum. Lines that are no entry are left out, as they are another check's matter. */
export function parseGoSum(text: string): GoSumEntry[] {
  return text.split('\n').flatMap(line => {
    const [module, full, hash, ...more] = line.trim().split(/\s+/);
    if (!module || !full || !hash || more.length > 0) return [];
    const ofGoMod = full.endsWith('/go.mod');
    return [{ module, version: ofGoMod ? full.slice(0, -7) : full, kind: ofGoMod ? 'mod' : 'zip', hash }];
  });
}

/** The first line that go refuses, as those of a merge conflict (cmd/go/internal/modfetch/fetch.go, `readGoSum`); null: none. */
export function malformedLine(text: string): { line: number; fields: number; ofConflict: boolean } | null {
  const lines = text.split('\n');
  const counts = lines.map(line => line.split(/\s+/).filter(Boolean).length);
  const at = counts.findIndex(count => count !== 0 && count !== 3);
  return at < 0 ? null : { line: at + 1, fields: counts[at]!, ofConflict: isConflictMark(lines[at]!) };
}

/** A line that git writes between what two branches say. */
export const isConflictMark = (line: string): boolean => /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/.test(line);
