/**
 * A text with gaps: `reading *: 404 ` holds where its pieces occur in this order. `|` at the edge of a piece stands for the
 * edge of a word. Matched by looking for one piece after the other, so the time is linear in the text, whatever it holds.
 */
export interface Pattern {
  readonly source: string;
  readonly pieces: readonly Piece[];
  /** The longest piece: a text without it cannot match. */
  readonly key: string;
}

interface Piece {
  text: string;
  startsWord: boolean;
  endsWord: boolean;
}

/** Where a pattern was found: from its first piece to behind its last, and where the last one starts. */
export interface Match {
  start: number;
  last: number;
  end: number;
}

/** Reads a pattern. Patterns are written in lower case, as texts are folded before they are compared. */
export function pattern(source: string): Pattern {
  const pieces = source.split('*').map(piece => ({
    text: piece.replace(/^\||\|$/g, ''),
    startsWord: piece.startsWith('|'),
    endsWord: piece.endsWith('|'),
  }));
  const key = pieces.reduce((longest, { text }) => (text.length > longest.length ? text : longest), '');
  return { source, pieces, key };
}

/** The leftmost place of a pattern in a folded text, or null. */
export function find({ pieces }: Pattern, text: string): Match | null {
  let start = -1;
  let last = 0;
  let end = 0;
  for (const piece of pieces) {
    last = findPiece(piece, text, end);
    if (last < 0) return null;
    if (start < 0) start = last;
    end = last + piece.text.length;
  }
  return { start, last, end };
}

/** Lower case for ASCII letters alone, so that places in the text stay where they are. */
export function fold(text: string): string {
  return text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
}

function findPiece({ text: piece, startsWord, endsWord }: Piece, text: string, from: number): number {
  let at = text.indexOf(piece, from);
  while (
    at >= 0 &&
    ((startsWord && isWord(text.charCodeAt(at - 1))) || (endsWord && isWord(text.charCodeAt(at + piece.length))))
  ) {
    at = text.indexOf(piece, at + 1);
  }
  return at;
}

/** Letters, digits, and what joins them in names and paths: `-`, `.`, `/`, `_`. False outside of the text. */
function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 45 && code <= 57) || code === 95;
}
