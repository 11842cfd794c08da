import { widthOf } from './width.ts';

/** What no line begins with, and what none ends with: they stay with the character before and behind them. */
const closing = '，。；：！？）、”’》」…';
const opening = '（“‘《「';

/** What stays together: blanks, a Chinese character or a word, each with the punctuation that belongs to it. */
const piece = new RegExp(
  `\\s+|[${opening}]*(?:\\p{Script=Han}|[^\\s\\p{Script=Han}${opening}${closing}]+)?[${closing}]*`,
  'gu',
);

/**
 * Breaks a text into lines of at most `width` columns, the later ones indented. Breaks at spaces and between Chinese characters, but
 * not before a full stop or behind an opening bracket; a word that is longer than a line stays whole, so that it can be copied.
 */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let current = '';
  for (const [part] of text.matchAll(piece)) {
    if (widthOf(current + part.trimEnd()) > width && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = indent;
      if (part.trim() === '') continue;
    }
    current += part;
  }
  return [...lines, current.trimEnd()].join('\n');
}
