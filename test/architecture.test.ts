import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map(file => file.replaceAll('\\', '/'))
  .filter(file => file.endsWith('.ts'));

/** Words that every room may use: the ids of causes, and this package's version. They import nothing. */
const vocabulary = ['causes', 'version'];
const ground = [...vocabulary, 'system'];
const protocol = [...ground, 'go', 'modproxy'];
const places = [...protocol, 'project', 'mirrors'];
const domain = [...places, 'probe', 'trial', 'explain', 'changes', 'relay', 'doctor'];

/** The rooms from the ground up, and what each may import besides itself. Types count as much as values. */
const below: Readonly<Record<string, readonly string[]>> = {
  causes: [],
  version: [],
  system: vocabulary,
  messages: ground,
  go: ground,
  modproxy: [...ground, 'go'],
  project: [...ground, 'go'],
  mirrors: [...ground, 'go', 'project'],
  probe: places,
  trial: [...protocol, 'project'],
  explain: [...places, 'probe'],
  changes: [...ground, 'go', 'mirrors'],
  relay: places,
  doctor: [...places, 'probe', 'trial', 'explain', 'changes'],
  report: [...domain, 'messages'],
  commands: [...domain, 'messages', 'report'],
  'usage-error': ['messages'],
  'commands.ts': ['commands'],
  program: ['commands', 'commands.ts', 'messages'],
  run: [...ground, 'commands', 'messages', 'report', 'program', 'usage-error'],
  main: [...ground, 'run'],
};

interface Import {
  from: string;
  to: string;
  /** `import type`, or a list of types only. */
  ofTypes: boolean;
}

const sources = new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]));

function importsOf(file: string): Import[] {
  const source = sources.get(file)!;
  const statements = [...source.matchAll(/(?:^|\n)(?:import|export)\s+([^;'"]*?)\s*from\s*'(\.[^']+)'/g)];
  const dynamic = [...source.matchAll(/import\(\s*'(\.[^']+)'/g)].map(([, target]) => ['', '', target!] as const);
  return [...statements, ...dynamic].map(([, names, target]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), target!)).replaceAll('\\', '/'),
    ofTypes: isOfTypes(names ?? ''),
  }));
}

function isOfTypes(names: string): boolean {
  if (names.startsWith('type ')) return true;
  const listed = names
    .match(/^\{([^}]*)\}$/)?.[1]
    ?.split(',')
    .filter(name => name.trim());
  return listed !== undefined && listed.length > 0 && listed.every(name => name.trim().startsWith('type '));
}

const imports = files.flatMap(importsOf).filter(({ to }) => to.endsWith('.ts'));

/** The folder of a file; the table `commands.ts` beside the folder `commands` has a name of its own. */
function roomOf(file: string): string {
  const [first = '', ...rest] = file.split('/');
  if (rest.length > 0) return first;
  return first === 'commands.ts' ? first : first.replace(/\.ts$/, '');
}

describe('the direction of the house', () => {
  it('knows every room', () => {
    expect(files.length).toBeGreaterThan(200);
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(below).sort());
  });

  it.each(Object.entries(below))('%s imports only what lies below it', (room, rooms) => {
    const wrong = imports.filter(
      ({ from, to }) => roomOf(from) === room && roomOf(to) !== room && !rooms.includes(roomOf(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('has no circle of rooms', () => {
    const order = Object.keys(below);
    const upwards = Object.entries(below).flatMap(([room, rooms]) =>
      reach(room).has(room) ? [`${room} reaches itself`] : rooms.filter(other => !order.includes(other)),
    );
    expect(upwards).toEqual([]);

    function reach(room: string, seen = new Set<string>()): Set<string> {
      for (const next of below[room]!) {
        if (seen.has(next)) continue;
        seen.add(next);
        reach(next, seen);
      }
      return seen;
    }
  });

  it('has no circle of files, those of types included', () => {
    expect(circles()).toEqual([]);
  });

  it('shows values without making them: report takes types alone from the rooms of the domain', () => {
    const wrong = imports.filter(
      ({ from, to, ofTypes }) =>
        roomOf(from) === 'report' && !ofTypes && ![...ground, 'messages', 'report'].includes(roomOf(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('reads the process, and prints, only at the edge', () => {
    const readers = files.filter(
      file =>
        !['main.ts', 'run.ts'].includes(file) &&
        roomOf(file) !== 'system' &&
        /\bprocess\.(env|cwd|argv|exit|exitCode|stdout|stderr|stdin|platform)\b|\bconsole\./.test(sources.get(file)!),
    );
    expect(readers).toEqual([]);
  });
});

/** The groups of files that import one another in a circle (Tarjan). */
function circles(): string[][] {
  const targets = new Map(files.map(file => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const next of targets.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || (targets.get(file) ?? []).includes(file)) found.push(circle);
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return found;
}
