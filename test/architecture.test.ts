import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));

const base = ['system', 'messages', 'go', 'causes', 'version'];
/** What each room may import besides itself. */
const below: Record<string, string[]> = {
  system: ['version', 'messages', 'causes'],
  messages: ['system', 'causes'],
  go: ['system', 'messages', 'version'],
  project: base,
  mirrors: [...base, 'project', 'probe'],
  probe: [...base, 'project', 'mirrors'],
  changes: [...base, 'mirrors', 'probe', 'project'],
  relay: [...base, 'mirrors', 'probe', 'project'],
  explain: [...base, 'mirrors', 'probe', 'project'],
  doctor: [...base, 'mirrors', 'probe', 'project', 'changes', 'explain'],
};

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target]) =>
    relative(root, join(root, dirname(file), target!)),
  );
}

const roomOf = (file: string): string => (file.includes('/') ? file.split('/')[0]! : file.replace(/\.ts$/, ''));
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the direction of the house', () => {
  it('finds the source', () => expect(files.length).toBeGreaterThan(40));

  it.each(Object.entries(below))('%s imports only what lies below it', (room, rooms) => {
    const wrong = files
      .filter(file => roomOf(file) === room)
      .flatMap(file => importsOf(file).map(target => `${file} imports ${target}`))
      .filter(line => ![room, ...rooms].includes(roomOf(line.split(' imports ')[1]!)));
    expect(wrong).toEqual([]);
  });

  it('lets nothing import a command but the table of commands', () => {
    const wrong = files.filter(
      file =>
        file !== 'commands.ts' &&
        roomOf(file) !== 'commands' &&
        importsOf(file).some(t => roomOf(t) === 'commands' && t.includes('/')),
    );
    expect(wrong).toEqual([]);
  });

  it('reads the process only at the edge', () => {
    const readers = files.filter(
      file =>
        !['main.ts'].includes(file) &&
        roomOf(file) !== 'system' &&
        /\bprocess\.(env|cwd|argv|exit|exitCode|stdout|stderr|stdin|platform)\b/.test(sourceOf(file)),
    );
    expect(readers).toEqual([]);
  });
});
