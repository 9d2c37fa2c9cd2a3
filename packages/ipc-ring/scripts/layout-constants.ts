// TypeScript constants of the layout: byte offsets for every field, and word indices where accessors use Int32Array.
import {
  CQE_FLAGS,
  type Field,
  HEADER_FLAGS,
  LAYOUTS,
  type Numbered,
  OPERATIONS,
  RETURN_AUX,
  SQE,
  SQE_FLAGS,
  TRANSFER_MODES,
  TRANSPORT_ERRORS,
} from '../src/layout.ts';
import { screamingName } from './screaming-name.ts';

export function layoutConstants(): string {
  const lines = ['// Generated from src/layout.ts by scripts/generate.ts. Do not edit.', ''];
  for (const layout of LAYOUTS) {
    lines.push(`// ${layout.name}, ${layout.size} bytes: byte offsets, and 32-bit word indices.`);
    lines.push(`export const ${layout.prefix}_SIZE = ${layout.size};`);
    lines.push(`export const ${layout.prefix}_WORDS = ${layout.size / 4};`);
    for (const field of layout.fields) lines.push(...fieldConstants(layout.prefix, field));
    lines.push('');
  }
  const groups: readonly (readonly [string, string, readonly Numbered[]])[] = [
    ['Operations', 'OP', OPERATIONS],
    ['Bits of clientFlags and serverFlags', 'HEADER_FLAG', HEADER_FLAGS],
    ['Bits of SQE flags', 'SQE_FLAG', SQE_FLAGS],
    ['Bits of CQE flags', 'CQE_FLAG', CQE_FLAGS],
    ['Bits of aux in RETURN', 'RETURN_AUX', RETURN_AUX],
    ['Transfer modes', 'TRANSFER_MODE', TRANSFER_MODES],
    ['Transport errors: a failed completion carries the negated number', 'TRANSPORT', TRANSPORT_ERRORS],
  ];
  for (const [title, prefix, entries] of groups) {
    lines.push(`// ${title}.`);
    for (const entry of entries) {
      lines.push(`/** ${entry.meaning} */`, `export const ${prefix}_${entry.name} = ${entry.value};`);
    }
    lines.push('');
  }
  const immediate = OPERATIONS.filter((op) => op.immediate).reduce((mask, op) => mask | (1 << op.value), 0);
  lines.push('/** Bit n is set when operation n completes while it is drained and may be QUIET. */');
  lines.push(`export const IMMEDIATE_OPERATIONS = ${immediate};`);
  const past = new Set(SQE.fields.filter((field) => field.offset >= 16).map((field) => field.name));
  const short = OPERATIONS.filter((op) => !Object.keys(op.reads).some((name) => past.has(name)));
  lines.push('/** Bit n is set when operation n reads nothing past the first 16 bytes of its entry. */');
  lines.push(`export const SHORT_OPERATIONS = ${short.reduce((mask, op) => mask | (1 << op.value), 0)};`);
  return `${lines.join('\n')}\n`;
}

function fieldConstants(prefix: string, field: Field): string[] {
  const name = `${prefix}_${screamingName(field.name)}`;
  const lines = [`/** ${field.kind}: ${field.meaning} */`, `export const ${name} = ${field.offset};`];
  if (field.kind === 'u64') {
    lines.push(
      `export const ${name}_LOW_WORD = ${field.offset / 4};`,
      `export const ${name}_HIGH_WORD = ${field.offset / 4 + 1};`,
    );
  } else if (field.offset % 4 === 0) {
    lines.push(`export const ${name}_WORD = ${field.offset / 4};`);
  }
  return lines;
}
