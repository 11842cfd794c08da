import type { Result } from '../result.ts';
import { catalogue, type Figure } from './catalogue.ts';
import { aimOf, held, shown } from './format.ts';

/** The pages that show figures, from the top of the repository. */
export const pages = ['README.md', 'README.zh-CN.md', 'bench/README.md', 'docs/latency-score.md'] as const;

type Results = Readonly<Record<string, Result>>;
type Cells = readonly (string | null)[];

const blocks: Readonly<Record<string, (results: Results) => string>> = {
  all: results =>
    Object.keys(results).length === 0 ? 'No results yet.' : `${allFigures(results)}\n\n${runs(results)}`,
  en: results => headlines(results, 'en', ['figure', 'measured', 'aim'], 'No results yet.'),
  zh: results => headlines(results, 'zh', ['指标', '实测', '目标'], '尚无测量结果。'),
};

/**
 * A page with its figures as the results have them: between `<!-- figures NAME -->` and `<!-- end -->` one of the tables above, between
 * `<!-- figure BENCH.NAME -->` and `<!-- end -->` one value. Throws where no result has it.
 */
export function withFigures(page: string, results: Results): string {
  return page
    .replace(/(<!-- figures (\S+) -->\n)[\s\S]*?(\n?<!-- end -->)/g, (_, start: string, name: string) => {
      const make = blocks[name];
      if (!make) throw new Error(`There is no table of figures "${name}".`);
      return `${start}\n${make(results)}\n\n<!-- end -->`;
    })
    .replace(/(<!-- figure (\S+?)\.(\S+) -->)[^\n]*?(<!-- end -->)/g, (_, start, bench: string, name: string, end) => {
      const figure = catalogue[bench]?.[name];
      const value = results[bench]?.figures[name];
      if (!figure || value === undefined) throw new Error(`No result has the figure ${bench}.${name}.`);
      return `${start}${shown(figure.unit, value)}${end}`;
    });
}

/** A page without what is generated: what is left may quote no figure. */
export const withoutFigures = (page: string): string => page.replace(/<!-- figures? .*?-->[\s\S]*?<!-- end -->/g, '');

function allFigures(results: Results): string {
  const rows = figuresOf(results).map(({ bench, figure, value }) => {
    const kept = held(figure, value);
    const mark = kept === null ? '' : kept ? '✓' : '✗ missed';
    return [`\`${bench}\``, figure.en, shown(figure.unit, value), aimOf(figure), mark];
  });
  return table(['bench', 'figure', 'measured', 'aim', 'held'], rows);
}

function runs(results: Results): string {
  const rows = Object.values(results).map(result => {
    const { cores, kernel, node, go } = result.machine;
    const given = Object.entries(result.arguments).map(([name, value]) => `${name} ${value}`);
    return [
      `\`${result.bench}\``,
      result.date.slice(0, 10),
      `${result.commit}${result.dirty ? ' and changes' : ''}`,
      `${cores} cores, Linux ${kernel}, Node.js ${node}, ${go}`,
      String(result.loadBefore.one),
      given.join(', '),
    ];
  });
  return table(['bench', 'on', 'commit', 'machine', 'load before', 'arguments'], rows);
}

function headlines(results: Results, language: 'en' | 'zh', header: Cells, none: string): string {
  const found = figuresOf(results).filter(({ figure }) => figure.headline);
  if (found.length === 0) return none;
  return table(
    header,
    found.map(({ figure, value }) => [figure[language], shown(figure.unit, value), aimOf(figure)]),
  );
}

/** In the order of the catalogue. */
function figuresOf(results: Results): { bench: string; figure: Figure; value: number }[] {
  return Object.entries(catalogue).flatMap(([bench, figures]) =>
    Object.entries(figures).flatMap(([name, figure]) => {
      const value = results[bench]?.figures[name];
      return value === undefined ? [] : [{ bench, figure, value }];
    }),
  );
}

function table(header: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.map(cell => cell ?? '').join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}
