import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

describe('toCsv', () => {
  it('quotes, and disarms what a spreadsheet would run', () => {
    const columns = [
      { id: 'name', header: 'Name', cell: () => '', text: (row: { name: string }) => row.name },
      { id: 'icon', header: 'Icon', cell: () => '' },
      { id: 'cost', header: 'Cost', cell: () => '', text: () => -0.5 },
    ];
    expect(toCsv(columns, [{ name: 'a "b", c' }, { name: '=cmd()' }])).toBe(
      'Name,Cost\r\n"a ""b"", c",-0.5\r\n\'=cmd(),-0.5\r\n',
    );
  });
});
