// The TypeScript types of a schema's structs and enums.

import type { SchemaEnum, SchemaField, SchemaStruct, SchemaType } from './schema-model.ts';
import { docComment, type FileContext, isRecursive, quote, refer } from './typescript-names.ts';

/** The type of a value. */
export function typeOf(context: FileContext, type: SchemaType): string {
  switch (type.kind) {
    case 'void':
      return 'undefined';
    case 'bool':
      return 'boolean';
    case 'int64':
    case 'uint64':
      return 'bigint';
    case 'text':
      return 'string';
    case 'data':
      return 'Uint8Array';
    case 'enum':
      return refer(context, type.id, context.model.enums.get(type.id)!.name);
    case 'struct':
      return refer(context, type.id, context.model.structs.get(type.id)!.name);
    case 'list': {
      if (type.element.kind === 'void') return 'number';
      return `readonly ${typeOf(context, type.element).replace(/^readonly .*/, '($&)')}[]`;
    }
    default:
      return 'number';
  }
}

/** Whether a field shows in the value at all: one of type Void is nothing but its place in a union. */
export function isCarried(field: SchemaField): boolean {
  return field.kind === 'group' || field.type.kind !== 'void';
}

function declareField(context: FileContext, owner: SchemaStruct, field: SchemaField): string {
  if (field.kind === 'group') return `${docComment(field.docs, '  ')}  ${field.name}: ${field.struct.name};\n`;
  const type = typeOf(context, field.type);
  const optional = field.type.kind === 'struct' && isRecursive(context.model, owner, field.type.id);
  return `${docComment(field.docs, '  ')}  ${field.name}: ${type}${optional ? ' | undefined' : ''};\n`;
}

/** Declares a struct's type; one with a union is the union of its members' shapes. */
export function declareStruct(context: FileContext, struct: SchemaStruct): string {
  const groups = struct.fields.flatMap((field) =>
    field.kind === 'group' ? [declareStruct(context, field.struct)] : [],
  );
  const plain = struct.fields.filter((field) => field.discriminant === undefined && isCarried(field));
  const members = struct.fields.filter((field) => field.discriminant !== undefined);
  const body = plain.map((field) => declareField(context, struct, field)).join('');
  const docs = docComment(struct.docs);
  if (members.length === 0) return `${groups.join('')}${docs}export interface ${struct.name} {\n${body}}\n\n`;
  const shapes = members.map((field) => {
    const value = isCarried(field) ? declareField(context, struct, { ...field, docs: '' }).trim() : '';
    return `${docComment(field.docs, '  ')}  | { which: ${quote(field.name)}; ${value} }`.replace(/; +}$/, ' }');
  });
  const union = `\n${shapes.join('\n')}`;
  if (plain.length === 0) return `${groups.join('')}${docs}export type ${struct.name} =${union};\n\n`;
  return `${groups.join('')}${docs}export type ${struct.name} = {\n${body}} & (${union}\n);\n\n`;
}

/** Declares an enum's type, the table of its names and the function that numbers them. */
export function declareEnum(value: SchemaEnum): string {
  const names = value.enumerants.map((enumerant) => `${docComment(enumerant.docs, '  ')}  | ${quote(enumerant.name)}`);
  const cases = value.enumerants.map(
    (enumerant, index) => `    case ${quote(enumerant.name)}:\n      return ${index};\n`,
  );
  return `${docComment([value.docs, 'A number is an enumerant that this schema does not know.'].filter(Boolean).join('\n'))}export type ${value.name} =
${names.join('\n')}
  | number;

/** The enumerants of ${value.name} in the order of their numbers. */
export const namesOf${value.name}: readonly ${value.name}[] = [${value.enumerants.map((enumerant) => quote(enumerant.name)).join(', ')}];

export function numberOf${value.name}(value: ${value.name}, field: string): number {
  switch (value) {
${cases.join('')}    default:
      if (typeof value !== 'number' || (value & 0xffff) !== value) throw outOfRange(field, value);
      return value;
  }
}

`;
}
