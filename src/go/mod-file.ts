export interface ModuleVersion {
  path: string;
  version: string;
}

export interface Replacement {
  path: string;
  /** Null: whatever version. */
  version: string | null;
  newPath: string;
  /** Null: `newPath` is a folder. */
  newVersion: string | null;
}

/** What go.mod or go.work says, as far as a pull depends on it. */
export interface GoModFile {
  /** Empty in go.work. */
  module: string;
  /** `1.21`, or null where the line is missing. */
  go: string | null;
  toolchain: string | null;
  requires: (ModuleVersion & { indirect: boolean })[];
  replaces: Replacement[];
  excludes: ModuleVersion[];
  /** Folders of go.work. */
  uses: string[];
}

/** Reads go.mod or go.work as x/mod/modfile does (`parseToFile` in its lax form): lines that go would refuse are left out. */
export function parseGoMod(text: string): GoModFile {
  const file: GoModFile = { module: '', go: null, toolchain: null, requires: [], replaces: [], excludes: [], uses: [] };
  let block = '';
  for (const line of text.split('\n')) {
    const { words, comment } = wordsOf(line);
    if (words.length === 0) continue;
    if (words[0] === ')') block = '';
    else if (words[1] === '(') block = words[0]!;
    else if (block) addLine(file, block, words, comment);
    else addLine(file, words[0]!, words.slice(1), comment);
  }
  return file;
}

/** The tokens of x/mod/modfile's `readToken`: blanks, a comment, a string in quotes, punctuation, a word. Each piece is tried once. */
const token =
  /[ \t\r]+|(\/\/[^\n]*)|("(?:[^"\\\n]|\\.)*")|(`[^`\n]*`)|([()[\]{},])|((?:(?!\/\/)[^\s()[\]{},])+)|[\s\S]/y;

function wordsOf(line: string): { words: string[]; comment: string } {
  const words: string[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(line); found; found = token.exec(line)) {
    const [, comment, double, back, mark, word] = found;
    if (comment !== undefined) return { words, comment: comment.slice(2) };
    const value = double ? unquoted(double) : back ? back.slice(1, -1) : (mark ?? word);
    if (value !== undefined) words.push(value);
  }
  return { words, comment: '' };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', v: '\v', f: '\f', b: '\b', a: '\u0007' };

/** As Go's `strconv.Unquote`, as far as module paths and folders need it. */
function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_, byte, unit, char: string | undefined) =>
      char === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit, 16)) : (escapes[char] ?? char),
    );
}

function addLine(file: GoModFile, verb: string, words: readonly string[], comment: string): void {
  const [first = '', second = ''] = words;
  if (verb === 'module') file.module = first;
  if (verb === 'go') file.go = first;
  if (verb === 'toolchain') file.toolchain = first;
  if (verb === 'use') file.uses.push(first);
  if (verb === 'require' && second) {
    file.requires.push({ path: first, version: second, indirect: /^\s*indirect\s*(;|$)/.test(comment) });
  }
  if (verb === 'exclude' && second) file.excludes.push({ path: first, version: second });
  const arrow = words.indexOf('=>');
  if (verb === 'replace' && arrow > 0 && words[arrow + 1]) {
    file.replaces.push({
      path: first,
      version: arrow === 2 ? second : null,
      newPath: words[arrow + 1]!,
      newVersion: words[arrow + 2] ?? null,
    });
  }
}

/** The line that replaces a module, or null: one for its version before one for any (`modload.Replacement`). */
export function replacementOf(
  { path, version }: { path: string; version: string | null },
  replaces: readonly Replacement[],
): Replacement | null {
  const ofPath = replaces.filter(replace => replace.path === path);
  return (
    ofPath.find(one => one.version !== null && one.version === version) ??
    ofPath.find(one => one.version === null) ??
    null
  );
}

/** What go fetches in place of a required module; null where a folder stands in for it. */
export function replaced(module: ModuleVersion, replaces: readonly Replacement[]): ModuleVersion | null {
  const found = replacementOf(module, replaces);
  if (!found) return module;
  return found.newVersion === null ? null : { path: found.newPath, version: found.newVersion };
}

/** From go 1.17 on a go.mod names all that is needed to build its packages (go.dev/ref/mod#graph-pruning). */
export function isPruned(go: string | null): boolean {
  const [major = 1, minor = 0] = (go ?? '1.16').split('.').map(part => Number.parseInt(part, 10));
  return major > 1 || minor >= 17;
}
