// What things are called in generated C, and which part of Cap'n Proto the C side carries.

import { GeneratorError } from './code-generator-request.ts';
import type { NumberKind, SchemaField, SchemaModel, SchemaStruct, SchemaType, SlotField } from './schema-model.ts';

/** What the C generator is asked for besides the schema. */
export interface CNaming {
  readonly model: SchemaModel;
  /** Begins every name: `capos` gives `struct capos_exit_status`. */
  readonly prefix: string;
}

// Words of C11, and `errno`, which hosted C libraries define as a macro.
const RESERVED = new Set(
  'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false errno'.split(
    ' ',
  ),
);

/** `monotonicNs` → `monotonic_ns`, `TimerNowResults` → `timer_now_results`. */
export function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** A field's name; a reserved word gets an underscore behind. */
export function fieldName(name: string): string {
  const snaked = snake(name);
  return RESERVED.has(snaked) ? `${snaked}_` : snaked;
}

/** The stem of everything that belongs to a schema's node: `capos_exit_status`. */
export function stem(naming: CNaming, name: string): string {
  return `${naming.prefix}_${snake(name)}`;
}

/** The stem as macros and enumerators have it. */
export function macroStem(naming: CNaming, name: string): string {
  return stem(naming, name).toUpperCase();
}

export const NUMBER_TYPES: Readonly<Record<NumberKind, { readonly c: string; readonly bits: number }>> = {
  int8: { c: 'int8_t', bits: 8 },
  int16: { c: 'int16_t', bits: 16 },
  int32: { c: 'int32_t', bits: 32 },
  int64: { c: 'int64_t', bits: 64 },
  uint8: { c: 'uint8_t', bits: 8 },
  uint16: { c: 'uint16_t', bits: 16 },
  uint32: { c: 'uint32_t', bits: 32 },
  uint64: { c: 'uint64_t', bits: 64 },
  float32: { c: 'float', bits: 32 },
  float64: { c: 'double', bits: 64 },
};

export function isNumber(type: SchemaType): type is { readonly kind: NumberKind } {
  return type.kind in NUMBER_TYPES;
}

/** Whether the type lives in the pointer section. */
export function isPointer(type: SchemaType): boolean {
  return ['text', 'data', 'capability', 'struct', 'list'].includes(type.kind);
}

function refuse(struct: SchemaStruct, field: SchemaField, what: string): GeneratorError {
  return new GeneratorError(`${struct.name}.${field.name}: ${what} has no form in C: leave it to TypeScript programs`);
}

/** The C type of a slot's value. @throws GeneratorError for what the C side does not carry. */
export function cType(naming: CNaming, struct: SchemaStruct, field: SlotField): string {
  const { type } = field;
  if (isPointer(type) && field.default !== undefined) throw refuse(struct, field, 'a default behind a pointer');
  if (isNumber(type)) return NUMBER_TYPES[type.kind].c;
  switch (type.kind) {
    case 'bool':
      return 'bool';
    case 'enum':
      return 'uint16_t';
    case 'text':
    case 'data':
    case 'capability':
      return `struct capos_${type.kind}`;
    case 'struct':
      return `struct ${stem(naming, naming.model.structs.get(type.id)!.name)}`;
    case 'list':
      return `struct ${listStem(naming, struct, field, type.element)}`;
    default:
      throw refuse(struct, field, type.kind);
  }
}

/** The stem of a list type: numbers, texts and data have theirs in capos/message.h, a struct's is beside the struct. */
export function listStem(naming: CNaming, struct: SchemaStruct, field: SchemaField, element: SchemaType): string {
  if (element.kind === 'struct') return `${stem(naming, naming.model.structs.get(element.id)!.name)}_list`;
  if (element.kind === 'text' || element.kind === 'data' || isNumber(element)) return `capos_${element.kind}_list`;
  throw refuse(struct, field, `a list of ${element.kind}`);
}

/** Structs in an order in which each comes after those it holds by value. @throws GeneratorError when one holds itself. */
export function inDependencyOrder(naming: CNaming, structs: readonly SchemaStruct[]): SchemaStruct[] {
  const ordered: SchemaStruct[] = [];
  const state = new Map<bigint, 'open' | 'done'>();
  const visit = (struct: SchemaStruct): void => {
    if (state.get(struct.id) === 'done') return;
    if (state.get(struct.id) === 'open')
      throw new GeneratorError(`${struct.name} holds itself: C programs can't carry it`);
    state.set(struct.id, 'open');
    const visitFields = (fields: readonly SchemaField[]): void => {
      for (const field of fields) {
        if (field.kind === 'group') visitFields(field.struct.fields);
        else {
          const type = field.type.kind === 'list' ? field.type.element : field.type;
          if (type.kind === 'struct') visit(naming.model.structs.get(type.id)!);
        }
      }
    };
    visitFields(struct.fields);
    state.set(struct.id, 'done');
    ordered.push(struct);
  };
  for (const struct of structs) visit(struct);
  return ordered.filter((struct) => structs.includes(struct));
}

/** A comment in front of a declaration. */
export function cComment(docs: string, indent = ''): string {
  if (docs === '') return '';
  const lines = docs.replaceAll('*/', '* /').split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]!.trim()} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
