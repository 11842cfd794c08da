import stringWidth from 'string-width';

/**
 * Breaks a text into lines of at most `width` columns, the later ones indented. Breaks at spaces and between Chinese characters;
 * a word that is longer than a line stays whole, so that it can be copied.
 */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let current = '';
  for (const piece of text.match(
    /[\p{Script=Han}，。；：！？（）、“”]|[^\s\p{Script=Han}，。；：！？（）、“”]+|\s+/gu,
  ) ?? []) {
    if (stringWidth(current + piece.trimEnd()) > width && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = indent;
      if (piece.trim() === '') continue;
    }
    current += piece;
  }
  return [...lines, current.trimEnd()].join('\n');
}
