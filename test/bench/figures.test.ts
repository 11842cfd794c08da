import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { catalogue } from '../../bench/figures/catalogue.ts';
import { shown } from '../../bench/figures/format.ts';
import { pages, withFigures, withoutFigures } from '../../bench/figures/pages.ts';
import { aimsOf, conclude, type Result, readResults } from '../../bench/result.ts';

const read = (page: string): string => readFileSync(resolve(import.meta.dirname, '../..', page), 'utf8');
const results = readResults();

/** What pages say in numbers that no bench measures: limits, promises, how the score is made, sizes of what is looked at. */
const said: Readonly<Record<(typeof pages)[number], readonly string[]>> = {
  'README.md': ['at most 20 requests and 2 MB'],
  'README.zh-CN.md': ['最多 20 个请求、2 MB'],
  'bench/README.md': ['logs of 50 MB'],
  'docs/latency-score.md': [
    'at most 20 requests and 2 MB',
    'bytes of the zips together | 35 MB',
    '60 ns a byte',
    'taken as 130 kB',
    'at most 1.2 MB',
    '80 % where no download could be measured: then 3 MB/s are assumed',
    '7 % for the model',
    'more than 15 % of the pull time',
    'round trip 5 to 300 ms, 2 to 200 Mbit/s, server time 0 to 200 ms',
  ],
};

describe.each(pages)('%s', name => {
  it('shows the figures that the results have: npm run figures', () => {
    expect(withFigures(read(name), results)).toBe(read(name));
  });

  it('quotes no other figure', () => {
    const page = withoutFigures(read(name));
    for (const phrase of said[name]) expect(page).toContain(phrase);
    const text = said[name].reduce((rest, phrase) => rest.replace(phrase, ''), page);
    const own = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');
    expect(own.match(/.*?\d ?(ms|s|ns|MB|kB|GB|Mbit|%|×|times|秒|倍|毫秒)(?![\w-])|\dx\b/g) ?? []).toEqual([]);
  });
});

describe('the results', () => {
  it('are what the benches of today would write', () => {
    for (const [name, result] of Object.entries(results)) {
      expect(result.bench).toBe(name);
      expect(result.aims).toEqual(aimsOf(name, result.figures));
      expect(Date.parse(result.date)).toBeGreaterThan(0);
      expect(result.commit).toMatch(/^[0-9a-f]{12}$/);
      expect(result.machine).toEqual({
        cores: expect.any(Number),
        kernel: expect.any(String),
        node: expect.stringMatching(/^v\d+/),
        go: expect.stringMatching(/^go1\./),
      });
      expect(Object.keys(result.loadBefore)).toEqual(['one', 'five', 'fifteen']);
    }
  });
});

describe('the end of a bench', () => {
  const figures = { empty: 30, version: 1.6, help: 1.61, ls: 2, current: 2, use: 2.5, explain: 2 };
  /** What it prints, the exit code it leaves, and the files it writes. */
  async function end(full: boolean, changed: Record<string, number> = {}) {
    const folder = await mkdtemp(join(tmpdir(), 'go-mirror-results-'));
    const printed: string[] = [];
    const print = vi.spyOn(console, 'log').mockImplementation(line => void printed.push(line));
    try {
      const run = { arguments: { rounds: 25 }, figures: { ...figures, ...changed }, full };
      await conclude('startup', run, folder);
      const files = await Promise.all(
        (await readdir(folder)).map(async name => [name, JSON.parse(await readFile(join(folder, name), 'utf8'))]),
      );
      return { printed: printed.join('\n'), exitCode: process.exitCode, files: Object.fromEntries(files) };
    } finally {
      print.mockRestore();
      process.exitCode = undefined;
      await rm(folder, { recursive: true });
    }
  }

  it('is red where an aim is missed, and is written down all the same', async () => {
    const { printed, exitCode, files } = await end(true);
    expect(printed).toContain('✓ `go-mirror --version` by `node -e 0`: 1.60 × (aim ≤ 1.60 ×)');
    expect(printed).toContain('✗ `go-mirror --help` by `node -e 0`: 1.61 × (aim ≤ 1.60 ×)');
    expect(exitCode).toBe(1);
    expect(files['startup.json']).toMatchObject({
      bench: 'startup',
      arguments: { rounds: 25 },
      figures,
      machine: { node: process.version },
    });
    expect(files['startup.json'].aims[1]).toEqual({ name: 'help', aim: '≤ 1.60 ×', measured: '1.61 ×', held: false });
  });

  it('is green where all hold, and a short run leaves no result', async () => {
    expect(await end(false, { help: 1.2 })).toMatchObject({ exitCode: undefined, files: {} });
  });

  it('knows its figures', async () => {
    await expect(end(true, { walk: 1 })).rejects.toThrow('walk');
    await expect(end(true, { ls: Number.NaN })).rejects.toThrow('ls');
  });
});

describe('the figures of a page', () => {
  const result: Result = {
    bench: 'startup',
    date: '2026-01-02T03:04:05.000Z',
    commit: '0123456789ab',
    dirty: false,
    machine: { cores: 2, kernel: '6.1.0', node: 'v20.19.0', go: 'go1.26.0' },
    loadBefore: { one: 0.1, five: 0.2, fifteen: 0.3 },
    arguments: { rounds: 25 },
    figures: { empty: 27.4, version: 1.5, help: 1.7, ls: 2.4, current: 2.6, use: 2.5, explain: 2.51 },
    aims: [],
  };

  it('are made anew between the marks, and only there', () => {
    const page =
      'Text 1.\n\n<!-- figures all -->\nold\n<!-- end -->\n\nIt takes <!-- figure startup.empty -->9 ms<!-- end -->.\n';
    const made = withFigures(page, { startup: result });
    expect(made).toContain('| `startup` | `go-mirror --help` by `node -e 0` | 1.70 × | ≤ 1.60 × | ✗ missed |');
    expect(made).toContain('| `startup` | `go-mirror ls` by `node -e 0` | 2.40 × | ≤ 2.50 × | ✓ |');
    expect(made).toContain(
      '2026-01-02 | 0123456789ab | 2 cores, Linux 6.1.0, Node.js v20.19.0, go1.26.0 | 0.1 | rounds 25 |',
    );
    expect(made).toContain('It takes <!-- figure startup.empty -->27 ms<!-- end -->.');
    expect(made).toMatch(/^Text 1\.\n/);
    expect(withFigures(made, { startup: result })).toBe(made);
  });

  it('are an error where no result has them', () => {
    expect(() => withFigures('<!-- figure startup.ls -->2<!-- end -->', {})).toThrow('startup.ls');
    expect(() => withFigures('<!-- figure startup.walk -->2<!-- end -->', { startup: result })).toThrow('startup.walk');
    expect(() => withFigures('<!-- figures some -->\n<!-- end -->', {})).toThrow('"some"');
  });

  it.each([
    ['number', 12_345, '12,345'],
    ['number', 0.98512, '0.985'],
    ['ratio', 0.2049, '0.20 ×'],
    ['share', 0.0574, '5.7 %'],
    ['share', 1, '100 %'],
    ['ms', 2.345, '2.3 ms'],
    ['ms', 27.4, '27 ms'],
    ['s', 9.481, '9.48 s'],
    ['s', 46.32, '46.3 s'],
    ['bytes', 1_251_000, '1.3 MB'],
    ['bytes', 200_000_000, '200 MB'],
  ] as const)('in %s: %d is %s', (unit, value, text) => expect(shown(unit, value)).toBe(text));
});

describe('the catalogue of figures', () => {
  const all = Object.entries(catalogue).flatMap(([bench, figures]) =>
    Object.entries(figures).map(([name, figure]) => [`${bench}.${name}`, figure] as const),
  );
  it.each(all)('%s is worded in both languages', (_, { en, zh }) => {
    expect(en).not.toBe('');
    expect(zh).not.toMatch(/^[，。）]|（$/);
    expect(en.includes('|') || zh.includes('|')).toBe(false);
  });
});
