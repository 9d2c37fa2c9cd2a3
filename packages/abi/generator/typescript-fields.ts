// What generated code says about one field: its bits, its default, when it is set, and every field of a value in turn.

import type { SchemaDefault, SchemaField, SchemaStruct, SchemaType, SlotField } from './schema-model.ts';
import { type FileContext, isRecursive, quote, refer, use } from './typescript-names.ts';
import { isCarried } from './typescript-types.ts';

/** Bits of a scalar in a data section. */
export function bitsOf(type: SchemaType): number {
  switch (type.kind) {
    case 'bool':
      return 1;
    case 'int8':
    case 'uint8':
      return 8;
    case 'int16':
    case 'uint16':
    case 'enum':
      return 16;
    case 'int32':
    case 'uint32':
    case 'float32':
      return 32;
    case 'int64':
    case 'uint64':
    case 'float64':
      return 64;
    default:
      return 0;
  }
}

export function isPointer(type: SchemaType): boolean {
  return type.kind !== 'void' && bitsOf(type) === 0;
}

export function defaultBits(value: SchemaDefault | undefined): { low: number; high: number } {
  return value?.kind === 'bits' ? value : { low: 0, high: 0 };
}

/** The default of a scalar field as a literal of its value's type. */
export function defaultLiteral(context: FileContext, field: SlotField): string {
  const { low, high } = defaultBits(field.default);
  const { type } = field;
  switch (type.kind) {
    case 'bool':
      return low === 0 ? 'false' : 'true';
    case 'int8':
      return String((low << 24) >> 24);
    case 'int16':
      return String((low << 16) >> 16);
    case 'uint32':
      return String(low >>> 0);
    case 'uint64':
      return `${(BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)}n`;
    case 'int64':
      return `${BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0))}n`;
    case 'enum': {
      const name = context.model.enums.get(type.id)!.enumerants[low]?.name;
      return name === undefined ? String(low) : quote(name);
    }
    case 'text':
      return quote(field.default?.kind === 'text' ? field.default.text : '');
    default:
      return String(low);
  }
}

/** The condition under which a scalar's stored bits are not all zero, or a pointer is not null. */
export function isSet(context: FileContext, owner: SchemaStruct, field: SlotField, value: string): string {
  const { type } = field;
  switch (type.kind) {
    case 'float32':
      return `${use(context, 'differsFloat32')}(${value}, ${defaultBits(field.default).low})`;
    case 'float64': {
      const { low, high } = defaultBits(field.default);
      return `${use(context, 'differsFloat64')}(${value}, ${low}, ${high})`;
    }
    case 'enum':
      return `${numberOfEnum(context, type.id, value, owner, field)} !== ${defaultBits(field.default).low}`;
    case 'data':
      return field.default === undefined ? `${value}.length !== 0` : 'true';
    case 'list':
      if (field.default !== undefined) return 'true';
      return type.element.kind === 'void' ? `${value} !== 0` : `${value}.length !== 0`;
    case 'struct':
      return isRecursive(context.model, owner, type.id) ? `${value} !== undefined` : 'true';
    case 'capability':
      return `${value} !== -1`;
    default:
      return `${value} !== ${defaultLiteral(context, field)}`;
  }
}

export function numberOfEnum(
  context: FileContext,
  id: bigint,
  value: string,
  owner: SchemaStruct,
  field: SlotField,
): string {
  const name = refer(context, id, `numberOf${context.model.enums.get(id)!.name}`);
  return `${name}(${value}, ${quote(`${owner.name}.${field.name}`)})`;
}

type Visit = (struct: SchemaStruct, field: SlotField, value: string) => string;

/** Statements for every field that is in a value: plain ones first, then a switch over the union. Groups are inlined. */
export function forEachField(
  struct: SchemaStruct,
  value: string,
  visit: Visit,
  discriminant: (struct: SchemaStruct, number: number) => string,
  unknown: string,
): string {
  const statements = (field: SchemaField): string => {
    if (!isCarried(field)) return '';
    const inner = `${value}.${field.name}`;
    return field.kind === 'group'
      ? forEachField(field.struct, inner, visit, discriminant, unknown)
      : visit(struct, field, inner);
  };
  let text = '';
  for (const field of struct.fields) if (field.discriminant === undefined) text += statements(field);
  const members = struct.fields.filter((field) => field.discriminant !== undefined);
  if (members.length === 0) return text;
  text += `switch (${value}.which) {\n`;
  for (const field of members) {
    text += `case ${quote(field.name)}: {\n${discriminant(struct, field.discriminant!)}${statements(field)}break;\n}\n`;
  }
  const complaint = unknown.replace('$', `${quote(`${struct.name}.which`)}, (${value} as { which: unknown }).which`);
  return `${text}default: {\n${complaint}}\n}\n`;
}
