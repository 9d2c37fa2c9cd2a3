// capos/ring.h: the same layout for C and C++ programs, with every offset asserted at compile time.
import {
  CQE_FLAGS,
  type FieldKind,
  HEADER_FLAGS,
  LAYOUTS,
  type Layout,
  type Numbered,
  OPERATIONS,
  PROCESS_RING_CQ_ENTRIES,
  PROCESS_RING_SQ_ENTRIES,
  RETURN_AUX,
  RING_ALIGNMENT,
  RING_MAGIC,
  RING_VERSION,
  SQE_FLAGS,
  TRANSFER_MODES,
  TRANSPORT_ERRORS,
} from '../src/layout.ts';
import { snakeName } from './screaming-name.ts';

const C_TYPES: Readonly<Record<FieldKind, readonly [type: string, size: number]>> = {
  u8: ['uint8_t', 1],
  u16: ['uint16_t', 2],
  u32: ['uint32_t', 4],
  i32: ['int32_t', 4],
  u64: ['uint64_t', 8],
};

export function cHeader(): string {
  const lines = [
    '/* The capOS ring in memory. Generated from packages/ipc-ring/src/layout.ts. Do not edit. */',
    '#ifndef CAPOS_RING_H',
    '#define CAPOS_RING_H',
    '',
    '#include <stddef.h>',
    '#include <stdint.h>',
    '',
    '#ifdef __cplusplus',
    '#define CAPOS_RING_ASSERT(condition, message) static_assert(condition, message)',
    '#else',
    '#define CAPOS_RING_ASSERT(condition, message) _Static_assert(condition, message)',
    '#endif',
    '',
    `#define CAPOS_RING_MAGIC 0x${RING_MAGIC.toString(16)}u /* "CAPR" */`,
    `#define CAPOS_RING_VERSION ${RING_VERSION}u`,
    `#define CAPOS_RING_ALIGNMENT ${RING_ALIGNMENT}u`,
    `#define CAPOS_PROCESS_RING_SQ_ENTRIES ${PROCESS_RING_SQ_ENTRIES}u`,
    `#define CAPOS_PROCESS_RING_CQ_ENTRIES ${PROCESS_RING_CQ_ENTRIES}u`,
    '',
  ];
  for (const layout of LAYOUTS) lines.push(...struct(layout), '');
  const groups: readonly (readonly [string, string, readonly Numbered[]])[] = [
    ['Operations', 'CAPOS_OP', OPERATIONS],
    ['Bits of client_flags and server_flags', 'CAPOS_RING', HEADER_FLAGS],
    ['Bits of capos_sqe.flags', 'CAPOS_SQE', SQE_FLAGS],
    ['Bits of capos_cqe.flags', 'CAPOS_CQE', CQE_FLAGS],
    ['Bits of capos_sqe.aux in RETURN', 'CAPOS_RETURN', RETURN_AUX],
    ['Transfer modes', 'CAPOS_TRANSFER', TRANSFER_MODES],
    ['Transport errors: capos_cqe.result is the negated number', 'CAPOS_ERROR', TRANSPORT_ERRORS],
  ];
  for (const [title, prefix, entries] of groups) {
    lines.push(`/* ${title}. */`, 'enum {');
    for (const entry of entries) lines.push(`  ${prefix}_${entry.name} = ${entry.value}, /* ${entry.meaning} */`);
    lines.push('};', '');
  }
  lines.push('#endif');
  return `${lines.join('\n')}\n`;
}

function struct(layout: Layout): string[] {
  const lines = [`/* ${layout.meaning} */`, `struct ${layout.name} {`];
  let end = 0;
  let gaps = 0;
  const pad = (until: number): void => {
    if (until > end) lines.push(`  uint8_t reserved${gaps++}[${until - end}];`);
  };
  for (const field of layout.fields) {
    pad(field.offset);
    const [type, size] = C_TYPES[field.kind];
    lines.push(`  ${type} ${snakeName(field.name)}; /* ${field.meaning} */`);
    end = field.offset + size;
  }
  pad(layout.size);
  lines.push('};');
  lines.push(`CAPOS_RING_ASSERT(sizeof(struct ${layout.name}) == ${layout.size}, "size of ${layout.name}");`);
  for (const field of layout.fields) {
    const name = snakeName(field.name);
    lines.push(
      `CAPOS_RING_ASSERT(offsetof(struct ${layout.name}, ${name}) == ${field.offset}, "offset of ${layout.name}.${name}");`,
    );
  }
  return lines;
}
