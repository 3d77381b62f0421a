import type { Column } from './column.ts';

/** A cell for spreadsheets: quoted where needed; what would start a formula is made plain text. */
export function toCsvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** All rows with every column that has a text, whether shown or not. */
export function toCsv<Row>(columns: Column<Row>[], rows: Row[]): string {
  const exported = columns.filter((column) => column.text);
  const lines = [exported.map((column) => toCsvCell(column.header)).join(',')];
  for (const row of rows) lines.push(exported.map((column) => toCsvCell(column.text?.(row))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. The mark at the start tells spreadsheets that it is UTF-8. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
