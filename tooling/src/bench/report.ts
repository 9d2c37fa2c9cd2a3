// Rows as a table for people: aligned on a terminal, or Markdown for a README.
import type { Row } from './suite.ts';

const number = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2);
};

const HEADINGS = ['area', 'name', 'unit', 'p50', 'p99', 'p99.9', 'rival', 'rival p50', 'ratio', 'spread', 'n'] as const;

const cells = (row: Row): string[] => [
  row.area,
  row.name,
  row.unit,
  number(row.p50),
  number(row.p99),
  number(row.p999),
  row.rival ?? '–',
  number(row.rivalP50),
  number(row.ratio),
  row.spread === null ? '–' : `${number(row.spread[0])}–${number(row.spread[1])}`,
  String(row.n),
];

export function markdownTable(rows: readonly Row[]): string {
  const lines = [HEADINGS as readonly string[], HEADINGS.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

export function terminalTable(rows: readonly Row[]): string {
  const lines = [HEADINGS as readonly string[], ...rows.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isText = new Set([0, 1, 2, 6]);
  return lines
    .map((line) =>
      line
        .map((cell, column) => (isText.has(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
