import { quote } from '../system/go-text.ts';

/** One flag of GOFLAGS: `-mod=vendor` is `mod` and `vendor`; a flag without `=` has the value null. */
export interface GoFlag {
  name: string;
  value: string | null;
}

export type ParsedGoflags = { ok: true; flags: GoFlag[] } | { ok: false; message: string };

/**
 * Reads GOFLAGS as `base.InitGOFLAGS` (cmd/go/internal/base/goflags.go) over `quoted.Split` (cmd/internal/quoted) does. Which flags
 * there are only go itself knows: an unknown one is refused by it, not here.
 */
export function parseGoflags(value: string): ParsedGoflags {
  const words = splitQuoted(value);
  if ('message' in words) return { ok: false, message: `parsing $GOFLAGS: ${words.message}` };
  const odd = words.fields.find(word => !/^--?[^-=]/.test(word));
  if (odd !== undefined) return { ok: false, message: `parsing $GOFLAGS: non-flag ${quote(odd)}` };
  return {
    ok: true,
    flags: words.fields.map(word => {
      const [, name = '', text] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
      return { name, value: text ?? null };
    }),
  };
}

/** The value that a flag has in GOFLAGS: of several the last; null where it is not there, or GOFLAGS cannot be read. */
export function goflag(goflags: string, name: string): string | null {
  const parsed = parseGoflags(goflags);
  const found = parsed.ok ? parsed.flags.findLast(flag => flag.name === name) : undefined;
  return found ? (found.value ?? 'true') : null;
}

/** GOFLAGS without a flag; null where nothing else is in it, or quotes make it more than words. */
export function withoutFlag(goflags: string, name: string): string | null {
  const words = goflags.split(/[ \t\n\r]+/).filter(Boolean);
  const rest = words.filter(word => word.replace(/^--?/, '').split('=')[0] !== name);
  return /["']/.test(goflags) || rest.length === 0 ? null : rest.join(' ');
}

/** Fields between blanks; quotes around a whole field keep its blanks, and are not looked for inside one. */
function splitQuoted(text: string): { fields: string[] } | { message: string } {
  const fields: string[] = [];
  for (let rest = text.replace(/^[ \t\n\r]+/, ''); rest !== ''; rest = rest.replace(/^[ \t\n\r]+/, '')) {
    const mark = rest[0]!;
    if (mark === '"' || mark === "'") {
      const end = rest.indexOf(mark, 1);
      if (end < 0) return { message: `unterminated ${mark} string` };
      fields.push(rest.slice(1, end));
      rest = rest.slice(end + 1);
    } else {
      const [field = ''] = /^[^ \t\n\r]+/.exec(rest) ?? [];
      fields.push(field);
      rest = rest.slice(field.length);
    }
  }
  return { fields };
}
