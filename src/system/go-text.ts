/** Go's `unicode.IsSpace`, which is not JavaScript's `\s`: with U+0085, without U+FEFF. */
const space = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const around = new RegExp(`^${space}+|${space}+$`, 'g');
const fields = new RegExp(`${space}+`);
const anySpace = new RegExp(space);

/** As Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  return text.replace(around, '');
}

/** As Go's `strings.Fields`. */
export function splitFields(text: string): string[] {
  return text.split(fields).filter(Boolean);
}

/** Whether a text holds any white space as Go sees it. */
export function hasSpace(text: string): boolean {
  return anySpace.test(text);
}

const short: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** As Go's `strconv.Quote`, the `%q` of its messages; with `'` as its `strconv.QuoteRune`. */
export function quote(text: string, mark: '"' | "'" = '"'): string {
  const body = Array.from(text, char => {
    if (char === mark) return `\\${mark}`;
    if (short[char]) return short[char];
    if (printable.test(char)) return char;
    const code = char.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `${mark}${body.join('')}${mark}`;
}
