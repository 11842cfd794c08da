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
  /** Folders of go.work. */
  uses: string[];
}

/** Reads go.mod or go.work (x/mod/modfile). Lines that go would refuse are left out. */
export function parseGoMod(text: string): GoModFile {
  const file: GoModFile = { module: '', go: null, toolchain: null, requires: [], replaces: [], uses: [] };
  let block = '';
  for (const line of text.split(/\r?\n/)) {
    const [, code = '', comment = ''] = line.match(/^((?:"[^"]*"|`[^`]*`|\/(?!\/)|[^/])*)(?:\/\/(.*))?$/) ?? [];
    const words = [...code.matchAll(/"([^"]*)"|`([^`]*)`|([^\s"`()]+|[()])/g)].map(
      ([, double, back, bare]) => double ?? back ?? bare ?? '',
    );
    if (words.length === 0) continue;
    if (words[0] === ')') block = '';
    else if (words[1] === '(') block = words[0]!;
    else if (block) addLine(file, block, words, comment);
    else addLine(file, words[0]!, words.slice(1), comment);
  }
  return file;
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

/** What go fetches in place of a required module; null where a folder stands in for it. As `modload.Replacement`. */
export function replaced(module: ModuleVersion, replaces: readonly Replacement[]): ModuleVersion | null {
  const ofPath = replaces.filter(replace => replace.path === module.path);
  const found =
    ofPath.find(replace => replace.version === module.version) ?? ofPath.find(replace => replace.version === null);
  if (!found) return module;
  return found.newVersion === null ? null : { path: found.newPath, version: found.newVersion };
}
