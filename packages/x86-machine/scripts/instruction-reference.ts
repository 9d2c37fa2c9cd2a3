// The text of docs/reference/instructions.md: every row of the instruction set, by family.
import { FAMILIES, INSTRUCTION_SET } from '../src/isa/instruction-set.ts';
import type { Row } from '../src/isa/row.ts';
import { INSTRUCTION_SUMMARIES } from './instruction-summaries.ts';

const LETTERS = 'oditszapc';

/** What a row does to the flags: m modified, u undefined, t tested only. */
function flags(row: Row): string {
  const marks = [...LETTERS].flatMap((letter) => {
    if (row.undefined?.includes(letter)) return [`${letter.toUpperCase()}?`];
    if (row.writes?.includes(letter)) return [letter.toUpperCase()];
    return [];
  });
  const reads = row.reads ? `reads ${row.reads.toUpperCase()}` : '';
  return [marks.join(' '), reads].filter(Boolean).join('; ');
}

const operandText = (row: Row): string => row.operands.map(({ notation }) => notation.replace(/^[+=]/, '')).join(', ');

function notes(row: Row): string {
  return [row.privileged ? 'ring 0' : '', row.lock ? 'LOCK' : '', row.feature ?? ''].filter(Boolean).join(', ');
}

const summaryOf = ({ mnemonic, encoding }: Row): string =>
  INSTRUCTION_SUMMARIES[`${mnemonic} ${encoding.text}`] ?? INSTRUCTION_SUMMARIES[mnemonic] ?? '';

/** The whole page. */
export function instructionReference(): string {
  const mnemonics = new Set(INSTRUCTION_SET.map((row) => row.mnemonic));
  const lines = [
    '# Instructions of the machine',
    '',
    'Generated from the rows in `packages/x86-machine/src/isa` by `pnpm --filter @capos/x86-machine generate`; a test compares.',
    'Encodings and operands in the notation of the Intel SDM, Vol. 2 §3.1.1; `imm8:32` is an 8-bit constant sign-extended to 32.',
    'With a VEX prefix a suffix `v` is the register of its vvvv field, `4` the one in bits 7:4 of the constant.',
    'Flags: those written, `?` where the manual leaves the value undefined. 64-bit mode only.',
    '',
    `${mnemonics.size} mnemonics, ${INSTRUCTION_SET.length} encodings.`,
  ];
  for (const [family, rows] of Object.entries(FAMILIES)) {
    lines.push(
      '',
      `## ${family}`,
      '',
      '| Instruction | Encoding | What it does | Flags | Notes |',
      '|---|---|---|---|---|',
    );
    for (const row of rows) {
      const instruction = `${row.mnemonic} ${operandText(row)}`.trim();
      lines.push(
        `| \`${instruction}\` | \`${row.encoding.text}\` | ${summaryOf(row)} | ${flags(row)} | ${notes(row)} |`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
