import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes.ts';
import en from '../../src/messages/en/index.ts';
import zh from '../../src/messages/zh/index.ts';

const root = join(import.meta.dirname, '../../src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && !/^messages[\\/](?:en|zh)/.test(file))
  .map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const inFolder = (folder: RegExp): string =>
  sources
    .filter(({ file }) => folder.test(file.replaceAll('\\', '/')))
    .map(({ text }) => text)
    .join('\n');

/** The first group of every match, as far as it is a literal. */
const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, code]) => code!)),
];

/** Both branches of `condition ? 'a' : 'b'`, or the literal itself. */
const literals = (text: string): string[] => [...text.matchAll(/'([\w.-]+)'/g)].map(([, code]) => code!);

const speaks = (code: string): boolean => Object.hasOwn(en, code) && Object.hasOwn(zh, code);

const everything = inFolder(/./);
const emitted: Readonly<Record<string, string[]>> = {
  'an error': [...everything.matchAll(/new CliError\(\s*([^,)]+)/g)]
    .flatMap(([, code]) => literals(code!))
    .concat(found(inFolder(/^system\/file-error/), /: '((?:file|changes)\.[\w.-]+)'/g)),
  'an error of a JSON file': found(everything, /readJson[^;]*?'(mirrors\.[\w-]+)'/gs),
  'a remark': [
    ...found(inFolder(/^go\/judge-settings/), /\b(?:note|warn|fail)\(\s*'([\w-]+)'/g),
    ...[...inFolder(/^go\/judge-settings/).matchAll(/\b(?:note|warn|fail)\([^'`]*\?([^,]*),/g)].flatMap(([, code]) =>
      literals(code!),
    ),
    ...['degraded', 'retired', 'never-existed'].map(status => `mirror-${status}`),
  ].map(code => `remark.${code}`),
  'a cause that explain names': causes.flatMap(cause => [`explain.cause.${cause}`, `explain.fix.${cause}`]),
  'why a command helps': found(inFolder(/^explain\/fixes/), /\bfix\((?:[^()]|\([^()]*\))*?, '([\w-]+)'/g).map(
    code => `explain.why.${code}`,
  ),
  'a cause in a cell': found(inFolder(/^(?:probe|modproxy|system\/network)\//), /'([\w-]+)'/g)
    .filter(word => (causes as readonly string[]).includes(word) || word === 'stalled')
    .map(cause => `probe.cause.${cause}`),
  'a service': found(inFolder(/^probe\/service/), /^ {2}\| '([\w-]+)'/gm).map(kind => `probe.service.${kind}`),
};

/** Codes that stand in a list of their own: a warning of a change, a finding of the doctor, a warning of a route. */
const either: Readonly<Record<string, { codes: string[]; sentences: string[] }>> = {
  'a warning': {
    codes: found(inFolder(/^(?:changes|commands)\//), /code: '([\w-]+)', (?:args|name)/g),
    sentences: ['warning.', 'remark.', 'mirror.'],
  },
  'a finding': {
    codes: [
      ...found(inFolder(/^doctor\//), /\bcode: '([a-z][\w-]*)'/g),
      ...found(inFolder(/^doctor\//), /\bnote\('(?:pass|skip)', '([\w-]+)'/g),
      ...causes,
      'stalled',
    ],
    sentences: ['finding.', 'remark.'],
  },
  'a warning of a route': {
    codes: found(inFolder(/^mirrors\/route-warnings/), /code: '([\w-]+)'/g),
    sentences: ['route.warn.', 'remark.'],
  },
};

describe('every code that can be emitted has a sentence in both languages', () => {
  it.each(Object.entries(emitted))('%s', (_, codes) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter(code => !speaks(code))).toEqual([]);
  });

  it.each(Object.entries(either))('%s', (_, { codes, sentences }) => {
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter(code => !sentences.some(prefix => speaks(prefix + code)))).toEqual([]);
  });

  it('and only one: a finding that is a remark keeps the remark’s', () => {
    const remarks = Object.keys(en)
      .filter(code => code.startsWith('remark.'))
      .map(code => code.slice(7));
    expect(remarks.filter(code => speaks(`finding.${code}`) || speaks(`warning.${code}`))).toEqual([]);
  });
});

it('every sentence is used', () => {
  const words = new Set(literals(everything));
  const emittedCodes = new Set([
    ...Object.values(emitted).flat(),
    ...Object.values(either).flatMap(({ codes, sentences }) =>
      codes.flatMap(code => sentences.map(prefix => prefix + code)),
    ),
  ]);
  // `t(`ls.status.${mirror.status}`)`: what fills a gap stands somewhere as a word.
  const templates = [...everything.matchAll(/`([a-z][\w-]*\.[\w.-]*\$\{[^`\n]*)`/g)].map(
    ([, text]) =>
      new RegExp(
        `^${text!
          .split(/\$\{[^}]*\}/)
          .map(part => part.replaceAll('.', '\\.'))
          .join('([\\w.-]+)')}$`,
      ),
  );
  const isSaid = (code: string): boolean =>
    words.has(code) ||
    emittedCodes.has(code) ||
    templates.some(template =>
      template
        .exec(code)
        ?.slice(1)
        .every(word => words.has(word)),
    );
  const unused = Object.keys(en).filter(
    code => !/^(?:help|usage)\./.test(code) && !isSaid(code) && !isSaid(code.replace(/\.hint$/, '')),
  );
  expect(unused).toEqual([]);
});
