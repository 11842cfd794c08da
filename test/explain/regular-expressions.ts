/** Why a regular expression could take more than linear time, or null: the forms this house allows are linear by their shape. */
export function superlinear(source: string): string | null {
  const { problem, unbounded } = inspect(parse(source));
  if (problem) return problem;
  if (unbounded === 0) return null;
  if (unbounded === 1 && (source.startsWith('^') || isSingleRun(source))) return null;
  return `${unbounded} unbounded quantifiers`;
}

interface Atom {
  /** What one character must be, as a class; null for a group or an assertion. */
  characters: RegExp | null;
  /** Alternatives of a group. */
  group: Atom[][] | null;
  max: number;
}

/** Anchored, one unbounded run costs one pass; alone, it is matched without trying twice. */
const isSingleRun = (source: string): boolean => /^(?:\[[^\]]+\]|\\?.)[+*]$/.test(source);

function inspect(alternatives: readonly Atom[][]): { problem: string | null; unbounded: number } {
  let unbounded = 0;
  for (const atoms of alternatives) {
    for (const atom of atoms) {
      if (!atom.group) {
        if (atom.max === Number.POSITIVE_INFINITY) unbounded++;
        continue;
      }
      const inner = inspect(atom.group);
      if (inner.problem) return inner;
      unbounded += inner.unbounded;
      if (atom.max > 1) {
        if (inner.unbounded > 0 || atom.max > 50) return { problem: 'a repeated group without a bound', unbounded };
        const ambiguous = atom.group.find(branch => !startsApart(branch));
        if (ambiguous) return { problem: 'a repeated group that can be split in several ways', unbounded };
      }
    }
  }
  return { problem: null, unbounded };
}

/** Whether each round of a repeated group begins with a character that nothing repeated in it can be. */
function startsApart([first, ...rest]: readonly Atom[]): boolean {
  if (!first?.characters || first.max > 1) return false;
  const every = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const starts = every.filter(character => first.characters!.test(character));
  return rest.every(atom => atom.max <= 1 || (atom.characters && !starts.some(one => atom.characters!.test(one))));
}

function parse(source: string): Atom[][] {
  let at = 0;
  const alternatives = (): Atom[][] => {
    const branches: Atom[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++;
        branches.push([]);
      } else {
        branches.at(-1)!.push(atom());
      }
    }
    return branches;
  };
  const atom = (): Atom => {
    const start = at;
    let group: Atom[][] | null = null;
    if (source[at] === '(') {
      at = source.slice(at).match(/^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/)![0].length + at;
      group = alternatives();
      at++;
    } else if (source[at] === '[') {
      at = source.slice(at).match(/^\[(?:\\.|[^\]\\])*\]/s)![0].length + at;
    } else {
      at += source.slice(at).match(/^(?:\\(?:u[\da-fA-F]{4}|.)|.)/s)![0].length;
    }
    const text = source.slice(start, at);
    const isAssertion = ['^', '$', '\\b', '\\B'].includes(text);
    const quantifier = source.slice(at).match(/^(?:[*+?]|\{\d+(?:,\d*)?\})\??/)?.[0] ?? '';
    at += quantifier.length;
    return { characters: group || isAssertion ? null : new RegExp(`^${text}$`, 's'), group, max: maximum(quantifier) };
  };
  return alternatives();
}

function maximum(quantifier: string): number {
  if (quantifier === '' || quantifier.startsWith('?')) return 1;
  if (/^[*+]|,\}/.test(quantifier)) return Number.POSITIVE_INFINITY;
  return Number(quantifier.match(/(\d+)\}/)![1]);
}

/** The regular expressions of a TypeScript source: literals behind what cannot end an expression. */
export function regularExpressionsIn(source: string): string[] {
  const code = source.replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  const literals = code.matchAll(
    /(?<=[(=,:[!&|?]\s{0,20}|^\s+)\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/[a-z]{0,4}(?=[\s,;).])/gm,
  );
  return [...literals].map(([, literal]) => literal!);
}
