import { splitFields } from '../system/go-text.ts';
import { nearest } from '../system/nearest.ts';
import { parseGoproxy } from './goproxy.ts';

/** Characters of a Chinese keyboard, and what was meant. */
const fullWidth: Readonly<Record<string, string>> = {
  '，': ',',
  '、': ',',
  '；': ',',
  '｜': '|',
  '：': ':',
  '／': '/',
  '．': '.',
  '。': '.',
};
const quotes = /["'“”‘’`「」]/g;

/**
 * What a broken GOPROXY was meant to be: other separators, `OFF` and `Direct`, a scheme with a slip of the finger, quotes, characters
 * of a Chinese keyboard. Null where nothing is to repair, or where nobody can tell.
 */
export function repairGoproxy(value: string): string | null {
  const plain = value
    .replace(/[，、；｜：／．。]/g, char => fullWidth[char]!)
    .replace(/\s+(?:#|\/\/\s).*$/s, '')
    .replace(quotes, '')
    .replace(/^\s*(?:export\s+)?GOPROXY\s*=\s*/i, '');
  const pieces = plain
    .replace(/\b(https?);(?=\/)/gi, '$1:')
    .replace(/;/g, ',')
    .split(/([,|])/)
    .map(piece => splitFields(piece).map(repairEntry).join(','));
  const joined = pieces
    .join('')
    .replace(/[,|]*\|[,|]*/g, '|')
    .replace(/,{2,}/g, ',')
    .replace(/^[,|]+|[,|]+$/g, '');
  const repaired = withoutTail(joined);
  return isUsable(repaired) && !sameMeaning(value, repaired) ? repaired : null;
}

function repairEntry(entry: string): string {
  const word = entry.toLowerCase();
  if (/^[a-z]+$/.test(word)) return word === 'off' ? word : (nearest(word, ['direct']) ?? entry);
  const [, slip, mark, place] = /^([a-z]{3,7})(:\/*|\/{2,}:?\/*|:?\\+\/*)([^/:\\].*)$/is.exec(entry) ?? [];
  const isSlip = slip !== undefined && (!/^https?$/i.test(slip) || !/^:?\/*$/.test(mark!));
  if (isSlip && (nearest(slip, ['https', 'http']) !== null || isTransposed(slip))) {
    return repairEntry(`${/s/i.test(slip) || !hasPort(place!) ? 'https' : 'http'}://${place}`);
  }
  const [, scheme, rest] = /^(h*t{1,3}ps?s?:?\/+|https?:)(.*)$/is.exec(entry) ?? [];
  if (scheme === undefined) return entry.replace(/^:?\/\/(?=[^/])/, 'https://');
  if (/^https?:\/\/$/i.test(scheme) && !/^https?:?\//i.test(rest!)) return entry;
  return `${/s\W*$/i.test(scheme) || !(isWhole(scheme) || hasPort(rest!)) ? 'https' : 'http'}://${rest!.replace(/^https?:?\/+/i, '')}`;
}

/** Two letters that changed places count as two edits. */
const isTransposed = (word: string): boolean => ['hpstt', 'hptt'].includes([...word.toLowerCase()].sort().join(''));

/** Plain http was meant where it stands there with its colon; of a slip only where a port of one's own stands behind it. */
const isWhole = (scheme: string): boolean => /^http:/i.test(scheme);
const hasPort = (place: string): boolean => /^[^/]*:\d+(?:\/|$)/.test(place);

/** Go reads nothing behind `direct` and `off`: what stands there and is no list of proxies is a comment, or another command. */
function withoutTail(list: string): string {
  const [, head, tail] = /^((?:[^,|]+[,|])*?(?:direct|off))[,|](.*)$/s.exec(list) ?? [];
  return head === undefined || isUsable(tail!) ? list : head;
}

/** Whether go takes the list and every proxy in it has a host to ask. */
function isUsable(list: string): boolean {
  const parsed = parseGoproxy(list);
  return parsed.ok && parsed.entries.every(({ url }) => url === null || /^(?:file:\/|https?:\/\/[^/])/i.test(url));
}

/** Whether go reads the same from both. */
function sameMeaning(before: string, after: string): boolean {
  const [a, b] = [parseGoproxy(before), parseGoproxy(after)];
  const meaning = (list: typeof a): string =>
    JSON.stringify(list.ok ? list.entries.map(e => [e.kind, e.url, e.fallsBackOn]) : null);
  return meaning(a) === meaning(b);
}
