import { mergePatterns, splitGiven } from '../changes/private-patterns.ts';
import { readGoFacts } from '../go/facts.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import { allMirrors } from '../mirrors/all.ts';
import { newMirror } from '../mirrors/new-mirror.ts';
import { editOwnMirrors, type OwnMirror } from '../mirrors/own.ts';
import { warningJson } from '../report/json/change.ts';
import { warningLines } from '../report/warnings.ts';
import { CliError } from '../system/errors.ts';
import type { Command } from './command.ts';

interface Options {
  private?: string[];
  noProxy?: string[];
  sumdb?: string;
}

export const add: Command<Options> = async ({ context, out, t, name: command, args, options }) => {
  const [name = '', url = ''] = args;
  const known = await allMirrors(context, await readGoFacts(context), options.catalogue);
  const catalogue = known.filter(({ kind }) => kind !== 'custom');
  const privates = mergePatterns('', splitGiven(options.private ?? []));
  const noProxy = mergePatterns('', splitGiven(options.noProxy ?? []));
  const mirror: OwnMirror = newMirror(catalogue, {
    name,
    url,
    ...(privates.value && { private: privates.value }),
    ...(noProxy.value && { noProxy: noProxy.value }),
    ...(options.sumdb && { gosumdb: checkedSumdb(options.sumdb) }),
  });
  let before: OwnMirror | undefined;
  await editOwnMirrors(context, mirrors => {
    before = mirrors.find(other => other.name.toLowerCase() === mirror.name.toLowerCase());
    if (!before) return [...mirrors, mirror];
    if (sameMirror(before, mirror)) return null;
    if (!options.yes) throw new CliError('mirror.exists', { name: before.name, url: before.url, newUrl: mirror.url });
    return mirrors.map(other => (other === before ? mirror : other));
  });
  const warnings = [...privates.warnings, ...noProxy.warnings];
  const unchanged = before !== undefined && sameMirror(before, mirror);
  const flat = warnings.map(warning => warningJson(warning, t));
  out.json(command, { mirror, added: !before, replaced: before !== undefined && !unchanged, warnings: flat });
  out.result(t(unchanged ? 'mirror.unchanged' : 'mirror.added', { name: mirror.name, url: mirror.url }));
  out.note(`→ ${t('mirror.added.next', { name: mirror.name })}`);
  out.show(warningLines(warnings, out.drawing(t)));
  return 0;
};

function checkedSumdb(value: string): string {
  if (value === 'auto') return value;
  const parsed = parseGosumdb(value);
  if (!parsed.ok) throw new CliError('use.bad-sumdb', { value, detail: parsed.message });
  return value;
}

const sameMirror = (a: OwnMirror, b: OwnMirror): boolean =>
  a.name === b.name && a.url === b.url && a.private === b.private && a.noProxy === b.noProxy && a.gosumdb === b.gosumdb;
