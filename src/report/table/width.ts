import measured from 'fast-string-truncated-width';

/** How many columns of a terminal a text takes: two for a Chinese character or an emoji, none for a colour. */
export const widthOf = (text: string): number => measured(text).width;

/** A text that takes at most so many columns: what is cut off leaves an ellipsis, and ends the colours that it would have ended. */
export function cut(text: string, columns: number): string {
  const { index, truncated } = measured(text, { limit: columns, ellipsis: '…' });
  if (!truncated) return text;
  const pens = text.slice(index).match(/\u001b\[[\d;]*m/g) ?? [];
  return `${text.slice(0, index)}…${pens.join('')}`;
}
