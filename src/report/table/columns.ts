import { maskSecrets } from '../../system/secrets.ts';
import { cut, widthOf } from './width.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Where the width is short, columns with the highest number go first; 0 (the default) never goes. */
  droppable?: number;
}

const gap = 2;

/**
 * Aligned columns without borders, right for Chinese text, colours and emoji. Fitted to `width` columns: first the droppable
 * columns go, then the widest cells are cut with an ellipsis.
 */
export function renderTable(columns: readonly Column[], given: readonly (readonly string[])[], width: number): string {
  // Before a cell is cut: half a password is no longer known for one.
  const rows = given.map(row => row.map(maskSecrets));
  let kept = columns.map((_, index) => index);
  const natural = columns.map((column, index) =>
    Math.max(...[column.title, ...rows.map(row => row[index] ?? '')].map(widthOf)),
  );
  const total = (): number => kept.reduce((sum, index) => sum + natural[index]! + gap, -gap);
  while (total() > width) {
    const last = kept
      .filter(i => columns[i]!.droppable)
      .sort((a, b) => columns[b]!.droppable! - columns[a]!.droppable!)[0];
    if (last === undefined) break;
    kept = kept.filter(index => index !== last);
  }
  const widths = shrink(
    kept.map(index => natural[index]!),
    width - gap * (kept.length - 1),
  );
  const line = (cells: readonly string[]): string =>
    kept
      .map((index, place) => fitted(cells[index] ?? '', widths[place]!, columns[index]!.align ?? 'left'))
      .join(' '.repeat(gap))
      .trimEnd();
  return [columns.map(column => column.title), ...rows].map(line).join('\n');
}

/** Columns that a table takes where nothing is cut. */
export function tableWidth(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  const widest = columns.map(({ title }, index) =>
    Math.max(...[title, ...rows.map(row => row[index] ?? '')].map(widthOf)),
  );
  return widest.reduce((sum, size) => sum + size + gap, -gap);
}

/** Takes columns from the widest until the sum fits, but leaves each at least 6. */
function shrink(widths: number[], limit: number): number[] {
  const sizes = [...widths];
  let over = sizes.reduce((sum, size) => sum + size, 0) - limit;
  while (over > 0) {
    const widest = sizes.indexOf(Math.max(...sizes));
    if (sizes[widest]! <= 6) break;
    sizes[widest]!--;
    over--;
  }
  return sizes;
}

function fitted(text: string, size: number, align: 'left' | 'right'): string {
  const cell = cut(text, size);
  const missing = ' '.repeat(Math.max(0, size - widthOf(cell)));
  return align === 'right' ? missing + cell : cell + missing;
}
