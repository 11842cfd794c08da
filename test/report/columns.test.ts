import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderTable } from '../../src/report/table/columns.ts';

const columns = [
  { title: '镜像' },
  { title: 'TLS', align: 'right', droppable: 2 },
  { title: '结论' },
  { title: 'Score', align: 'right' },
] as const;
const rows = [
  ['goproxy.cn', '21 ms', '接受连接后不再响应', '0'],
  ['阿里云', '9', 'ok', '100'],
];

describe('renderTable', () => {
  it('aligns Chinese and numbers', () => {
    const lines = renderTable(columns, rows, 80).split('\n');
    expect(lines).toEqual([
      '镜像          TLS  结论                Score',
      'goproxy.cn  21 ms  接受连接后不再响应      0',
      '阿里云          9  ok                    100',
    ]);
  });

  it('drops columns, then cuts cells, to stay inside the width', () => {
    for (const width of [60, 40, 34, 30]) {
      const table = renderTable(columns, rows, width);
      for (const line of table.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(table).toContain('100');
    }
    expect(renderTable(columns, rows, 40)).not.toContain('TLS');
  });

  it('keeps a gap behind a cell that is cut', () => {
    const table = renderTable([{ title: 'long' }, { title: 'x' }], [['a'.repeat(40), 'end']], 24);
    expect(table).toMatch(/^a+… {2}end$/m);
  });

  it('leaves colours whole', () => {
    const red = '\u001b[31mfails\u001b[39m';
    expect(renderTable([{ title: 'a' }, { title: 'b' }], [[red, 'x']], 80)).toContain(red);
  });
});
