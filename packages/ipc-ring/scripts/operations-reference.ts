// docs/reference/ring-operations.md: the tables of src/layout.ts for people.
import {
  CQE_FLAGS,
  HEADER_FLAGS,
  LAYOUTS,
  type Numbered,
  OPERATIONS,
  type Operation,
  SQE_FLAGS,
  TRANSFER_MODES,
  TRANSPORT_ERRORS,
} from '../src/layout.ts';

export function operationsReference(): string {
  const lines = [
    '<!-- Generated from packages/ipc-ring/src/layout.ts by its generate script. Do not edit. -->',
    '# Ring operations',
    '',
    'A program talks to the kernel, and two workers to each other, by writing submission queue entries (SQEs) and reading',
    'completion queue entries (CQEs). Every submission is answered by exactly one completion, in any order, unless it is',
    '`QUIET` and succeeds. A completion slot is a credit: a submission that has none is not accepted.',
    '',
    '| number | operation | |',
    '|---:|---|---|',
    ...OPERATIONS.map((op) => `| ${op.value} | [${op.name}](#${op.name.toLowerCase()}) | ${op.meaning} |`),
    '',
  ];
  for (const op of OPERATIONS) lines.push(...operation(op));
  lines.push(
    '## Transport errors',
    '',
    'A completion whose result is negative carries one of these, negated. Every operation may end in `BAD_OPERATION` or',
    '`MALFORMED`; `NO_CREDIT` is told at submission, never by a completion.',
    '',
    ...numbered(TRANSPORT_ERRORS),
    '## Flags',
    '',
    'Of an SQE:',
    '',
    ...numbered(SQE_FLAGS),
    'Of a CQE:',
    '',
    ...numbered(CQE_FLAGS),
    'Of `clientFlags` and `serverFlags` in the header:',
    '',
    ...numbered(HEADER_FLAGS),
    'Transfer modes:',
    '',
    ...numbered(TRANSFER_MODES),
    '## Layouts',
    '',
    'Little-endian; offsets in bytes. C programs include `capos/ring.h`.',
    '',
  );
  for (const layout of LAYOUTS) {
    lines.push(
      `### ${layout.name} (${layout.size} bytes)`,
      '',
      layout.meaning,
      '',
      '| offset | type | field | |',
      '|---:|---|---|---|',
    );
    for (const field of layout.fields) {
      lines.push(`| ${field.offset} | ${field.kind} | \`${field.name}\` | ${field.meaning} |`);
    }
    lines.push('');
  }
  lines.pop();
  return `${lines.join('\n')}\n`;
}

function operation(op: Operation): string[] {
  const lines = [`## ${op.name}`, '', op.meaning, ''];
  const fields = Object.entries(op.reads);
  if (fields.length > 0) {
    lines.push('| reads | |', '|---|---|');
    for (const [field, meaning] of fields) lines.push(`| \`${field}\` | ${meaning} |`);
    lines.push('');
  }
  lines.push(`Completes ${op.completes}. Result: ${op.result}.`, '');
  if (op.errors.length > 0) lines.push(`Errors: ${op.errors.map((name) => `\`${name}\``).join(', ')}.`, '');
  return lines;
}

function numbered(entries: readonly Numbered[]): string[] {
  return [
    '| | name | |',
    '|---:|---|---|',
    ...entries.map((entry) => `| ${entry.value} | \`${entry.name}\` | ${entry.meaning} |`),
    '',
  ];
}
