import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../lab/sandbox.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (page: string): string => readFileSync(resolve(root, page), 'utf8');
const pages = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'bench/README.md',
  'docs/latency-score.md',
];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Code in a page: blocks, and what stands in backticks. */
const codeOf = (page: string): string[] =>
  [...page.matchAll(/^```\w*\n([\s\S]*?)^```$|`([^`\n]+)`/gm)].map(([, block, inline]) => block ?? inline ?? '');

/** Words that look like a file or folder of ours: `test/lab/ways.ts`, `checks/`, `.ci/run`, `bench/NAME/main.ts`. */
function pathsIn(code: string): string[] {
  const words = code.split(/[\s,;|{}()'"]+/).map(word => word.replace(/[.:]$/, ''));
  return words.filter(
    word =>
      (/^\.?[\w@-][\w.@-]*(\/[\w.@-]+)*\/$/.test(word) ||
        /^\.?[\w@-]+(\/[\w.@-]+)+$/.test(word) ||
        /^[\w-]+\.(ts|mjs|md)$/.test(word)) &&
      !/^(golang\.org|rsc\.io|x)\//.test(word),
  );
}

/** Whether a file or folder ends with this path; NAME stands for any, and at the end for one that may come. */
function exists(path: string): boolean {
  const pattern = path
    .replace(/\/NAME[^/]*$|\/$/, '')
    .replace(/[.+]/g, '\\$&')
    .replaceAll('NAME', '[^/]+');
  return files.some(file => new RegExp(`(^|/)${pattern}(/|$)`).test(file));
}

describe.each(pages)('%s', name => {
  const page = read(name);
  const code = codeOf(page);

  it('names files and folders that there are', () => {
    expect(code.flatMap(pathsIn).filter(path => !exists(path))).toEqual([]);
  });

  it('links to pages that there are', () => {
    const links = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    const from = resolve(root, name, '..');
    expect(links.filter(link => !files.includes(resolve(from, link).slice(root.length + 1)))).toEqual([]);
  });

  it('names npm scripts and benches that there are', () => {
    const named = [...page.matchAll(/npm (?:run (?:-s )?)?([a-z][\w:-]*)/g)].map(([, script]) => script!);
    const own = ['ci', 'install', 'registry'];
    expect(named.filter(script => !scripts[script] && !own.includes(script))).toEqual([]);
    const benches = [...page.matchAll(/(?:npm run bench|bench\/run\.js) ([a-z]+)/g)].map(([, bench]) => bench!);
    expect(benches.filter(bench => !files.includes(`bench/${bench}/main.ts`))).toEqual([]);
  });

  it('names commands that go-mirror has', async () => {
    const box = await sandbox();
    const named = [...code.join('\n').matchAll(/(?:^|[\s$])(?:go-mirror(?:-setup)?|bin\/go-mirror\.js) ([a-z]+)/gm)];
    for (const command of new Set(named.map(([, command]) => command!))) {
      const { exitCode, stderr } = await box.run([command, '--help']);
      expect([command, exitCode, stderr]).toEqual([command, 0, '']);
    }
  });
});

it('the tree of folders in ARCHITECTURE.md is that of the repository', () => {
  const [, tree] = /^```\n([\s\S]*?)^```$/m.exec(read('ARCHITECTURE.md'))!;
  const parents: { indent: number; path: string }[] = [];
  for (const line of tree!.split('\n').filter(Boolean)) {
    const indent = line.search(/\S/);
    while (parents.length > 0 && parents.at(-1)!.indent >= indent) parents.pop();
    const names = line
      .trim()
      .split(/ {2,}/)[0]!
      .split(' ')
      .filter(word => /^[\w./-]+$/.test(word) && /[./]/.test(word));
    for (const name of names) {
      const path = (parents.at(-1)?.path ?? '') + name;
      const there = files.some(file => file === path || file.startsWith(path.replace(/\/?$/, '/')));
      expect([path, there]).toEqual([path, true]);
      if (name.endsWith('/')) parents.push({ indent, path });
    }
  }
});
