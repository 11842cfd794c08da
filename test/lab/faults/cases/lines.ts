import { fault, healthy, type LabCase } from '../case.ts';
import { china } from './parts.ts';

const value = 'https://goproxy.cn,direct';
const cause = ['connect-timeout', 'sumdb-unreachable'] as const;

/** What go passes over in its settings file without a word: the mirror that was set is not in effect, and the wall stands. */
const written: Readonly<Record<string, string>> = {
  bom: `\ufeffGOPROXY=${value}\n`,
  export: `export GOPROXY=${value}\n`,
  'export-quoted': `export GOPROXY="${value}"\n`,
  set: `set GOPROXY=${value}\n`,
  'blank-before': ` GOPROXY=${value}\n`,
  'blank-around': `GOPROXY = ${value}\n`,
  'small-letters': `goproxy=${value}\n`,
  colon: `GOPROXY: ${value}\n`,
  'go-env-w': `go env -w GOPROXY=${value}\n`,
};

export const lines: readonly LabCase[] = [
  ...Object.entries(written).map(([name, text]) =>
    fault(`line-${name}`, `a line that go passes over: ${text.trim()}`, cause, ['{official}', 'sum.golang.org'], {
      world: 'walled',
      settings: text,
      pullSeconds: 20,
      fix: 'cures',
    }),
  ),
  healthy('ok-line-beside', 'a line that go passes over, beside the right one', {
    settings: `export GOPROXY=https://nowhere.example.net\n${china}`,
  }),
];
