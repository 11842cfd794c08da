type Term =
  | { kind: 'star' }
  | { kind: 'any' }
  | { kind: 'char'; char: string }
  | { kind: 'class'; negated: boolean; ranges: [low: number, high: number][] };

/**
 * Whether a glob matches the whole of a name, as Go's `path.Match`: `*` and `?` stop at a slash, `[...]` is a class.
 * A malformed glob matches nothing, which is what `MatchPrefixPatterns` makes of it.
 */
export function globMatches(glob: string, name: string): boolean {
  const terms = parseGlob(glob);
  return terms !== null && matchFrom(terms, 0, Array.from(name), 0);
}

/** Whether a glob is well formed: Go's `path.Match` gives `ErrBadPattern` for the others. */
export function isGlob(glob: string): boolean {
  return parseGlob(glob) !== null;
}

function matchFrom(terms: readonly Term[], term: number, name: readonly string[], at: number): boolean {
  // Where the last star began: what it swallowed grows by one on each failure, which is enough as it may not cross a slash.
  let star = -1;
  let swallowed = 0;
  while (term < terms.length || at < name.length) {
    const wanted = terms[term];
    if (wanted?.kind === 'star') {
      star = term++;
      swallowed = at;
      continue;
    }
    if (wanted && at < name.length && matchesOne(wanted, name[at]!)) {
      term++;
      at++;
      continue;
    }
    if (star < 0 || swallowed >= name.length || name[swallowed] === '/') return false;
    at = ++swallowed;
    term = star + 1;
  }
  return true;
}

function matchesOne(term: Term, char: string): boolean {
  if (term.kind === 'char') return term.char === char;
  if (term.kind === 'any') return char !== '/';
  if (term.kind === 'star') return false;
  const code = char.codePointAt(0)!;
  return term.ranges.some(([low, high]) => low <= code && code <= high) !== term.negated;
}

function parseGlob(glob: string): Term[] | null {
  const chars = Array.from(glob);
  const terms: Term[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at]!;
    if (char === '*') terms.push({ kind: 'star' });
    else if (char === '?') terms.push({ kind: 'any' });
    else if (char === '[') {
      const parsed = parseClass(chars, at + 1);
      if (!parsed) return null;
      terms.push(parsed.term);
      at = parsed.end;
    } else if (char === '\\') {
      if (++at >= chars.length) return null;
      terms.push({ kind: 'char', char: chars[at]! });
    } else terms.push({ kind: 'char', char });
  }
  return terms;
}

/** A class from behind its `[`; `end` is the place of its `]`. Null where it is malformed. */
function parseClass(chars: readonly string[], start: number): { term: Term; end: number } | null {
  const negated = chars[start] === '^';
  const ranges: [number, number][] = [];
  let at = negated ? start + 1 : start;
  while (chars[at] !== ']' || ranges.length === 0) {
    const low = classChar(chars, at);
    if (!low) return null;
    at = low.next;
    let high = low;
    if (chars[at] === '-') {
      const end = classChar(chars, at + 1);
      if (!end) return null;
      high = end;
      at = end.next;
    }
    ranges.push([low.code, high.code]);
  }
  return { term: { kind: 'class', negated, ranges }, end: at };
}

/** One character of a class; null where there is none, where it would have to be escaped, or where nothing follows it. */
function classChar(chars: readonly string[], at: number): { code: number; next: number } | null {
  const first = chars[at];
  if (first === undefined || first === '-' || first === ']') return null;
  const place = first === '\\' ? at + 1 : at;
  if (place + 1 >= chars.length) return null;
  return { code: chars[place]!.codePointAt(0)!, next: place + 1 };
}
