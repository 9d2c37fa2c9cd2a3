// Generates the writing half of a codec, beside what measures it (typescript-measure.ts). For every struct S:
//
//   writeS(v, …)    the body, already sized and placed, and then what it points at
//   putS(v, …)      sizes, places, writes, and sets the pointer
//
// The data section is put together in 32-bit halves `h0, h1, …` that are written once each: fields of a union overlap,
// and nothing is read back from memory that may be shared. Groups are inlined, since they share their owner's sections.

import type { SchemaStruct, SchemaType, SlotField } from './schema-model.ts';
import { bitsOf, defaultBits, forEachField, isPointer, isSet, numberOfEnum } from './typescript-fields.ts';
import { sizeFunction, wordsFunctions } from './typescript-measure.ts';
import { type FileContext, listName, pascal, quote, refer, use } from './typescript-names.ts';
import { typeOf } from './typescript-types.ts';

/** Statements that put a scalar into the halves of the data section. */
function packScalar(context: FileContext, owner: SchemaStruct, field: SlotField, value: string): string {
  const { type } = field;
  const bits = bitsOf(type);
  const position = field.offset * bits;
  const half = `h${position >>> 5}`;
  const shift = position & 31;
  const label = quote(`${owner.name}.${field.name}`);
  const { low, high } = defaultBits(field.default);
  const xor = (text: string, mask: number): string => (mask === 0 ? text : `(${text} ^ ${mask})`);
  const place = (text: string): string => `${half} |= ${shift === 0 ? text : `${text} << ${shift}`};\n`;
  const check = (condition: string): string =>
    `if (${condition}) throw ${use(context, 'outOfRange')}(${label}, ${value});\n`;
  switch (type.kind) {
    case 'bool':
      return `if (${value}${low === 0 ? '' : ' === false'}) ${half} |= ${1 << shift};\n`;
    case 'uint8':
      return check(`(${value} & 0xff) !== ${value}`) + place(xor(value, low));
    case 'int8':
      return check(`(${value} << 24) >> 24 !== ${value}`) + place(`(${xor(value, low)} & 0xff)`);
    case 'uint16':
      return check(`(${value} & 0xffff) !== ${value}`) + place(xor(value, low));
    case 'int16':
      return check(`(${value} << 16) >> 16 !== ${value}`) + place(`(${xor(value, low)} & 0xffff)`);
    case 'uint32':
      return check(`${value} >>> 0 !== ${value}`) + place(xor(value, low));
    case 'int32':
      return check(`(${value} | 0) !== ${value}`) + place(xor(value, low));
    case 'enum':
      return place(xor(numberOfEnum(context, type.id, value, owner, field), low));
    case 'float32':
      return place(xor(`${use(context, 'bitsOfFloat32')}(${value}, ${label})`, low));
    default: {
      // Taking a bigint apart costs more than the rest of a small message; zero needs no taking apart.
      const split = use(context, `split${pascal(type.kind)}`);
      const upper = `h${(position >>> 5) + 1}`;
      return `${half} = ${xor(`${split}(${value}, ${label})`, low)};\n${upper} = ${xor(use(context, 'high'), high)};\n`;
    }
  }
}

/** One thing that may stand in a pointer slot. */
interface SlotCandidate {
  readonly owner: SchemaStruct;
  readonly field: SlotField;
  readonly value: string;
  readonly conditions: readonly string[];
}

function pointerCandidates(
  struct: SchemaStruct,
  value: string,
  conditions: readonly string[],
  slots: SlotCandidate[][],
): void {
  for (const field of struct.fields) {
    const own =
      field.discriminant === undefined ? conditions : [...conditions, `${value}.which === ${quote(field.name)}`];
    if (field.kind === 'group') pointerCandidates(field.struct, `${value}.${field.name}`, own, slots);
    else if (isPointer(field.type)) {
      slots[field.offset]!.push({ owner: struct, field, value: `${value}.${field.name}`, conditions: own });
    }
  }
}

function writePointer(context: FileContext, type: SchemaType, value: string, at: string, label: string): string {
  switch (type.kind) {
    case 'text':
      return `top = ${use(context, 'writeText')}(${value}, bytes, ${at}, top, end);\n`;
    case 'data':
      return `top = ${use(context, 'writeData')}(${value}, bytes, ${at}, top, end);\n`;
    case 'capability':
      return `${use(context, 'putCapability')}(${value}, bytes, ${at}, ${label});\n`;
    case 'struct': {
      const put = refer(context, type.id, `put${context.model.structs.get(type.id)!.name}`);
      return `top = ${put}(${value}, bytes, ${at}, top, end, depth - 1);\n`;
    }
    case 'list':
      return `top = ${writeList(context, type.element, value, at, label)};\n`;
    default:
      return '';
  }
}

function writeList(context: FileContext, element: SchemaType, value: string, at: string, label: string): string {
  switch (element.kind) {
    case 'void':
      return `${use(context, 'writeVoidList')}(${value}, bytes, ${at}, top, ${label})`;
    case 'bool':
    case 'text':
    case 'data':
      return `${use(context, `write${pascal(element.kind)}List`)}(${value}, bytes, ${at}, top, end)`;
    case 'struct':
    case 'list':
    case 'enum': {
      const name = `write${listName(context, element)}`;
      if (!context.listFunctions.has(name)) {
        context.listFunctions.set(name, '');
        context.listFunctions.set(name, listWriter(context, element, name));
      }
      return `${name}(${value}, bytes, ${at}, top, end, depth - 1)`;
    }
    default:
      return `${use(context, `write${pascal(element.kind)}List`)}(${value}, bytes, ${at}, top, end, ${label})`;
  }
}

function listWriter(
  context: FileContext,
  element: SchemaType & { kind: 'struct' | 'list' | 'enum' },
  name: string,
): string {
  const head = `function ${name}(list: readonly (${typeOf(context, element)})[], bytes: Uint8Array, at: number, start: number, end: number, ${element.kind === 'enum' ? '_depth' : 'depth'}: number): number {
  ${element.kind === 'enum' ? '' : `if (depth <= 0) throw ${use(context, 'tooDeep')}();`}
  const count = list.length;
`;
  const label = quote(`an element of a ${listName(context, element)}`);
  if (element.kind === 'enum') {
    const number = refer(context, element.id, `numberOf${context.model.enums.get(element.id)!.name}`);
    return `${head}  const next = ${use(context, 'openList')}(bytes, at, start, end, 3, count, 2);
  for (let index = 0; index < count; index++) ${use(context, 'putUint16')}(bytes, start + index * 2, ${number}(list[index]!, ${label}));
  return next;
}

`;
  }
  if (element.kind === 'list') {
    const empty = element.element.kind === 'void' ? 'item === 0' : 'item.length === 0';
    const slot = 'start + index * 8';
    return `${head}  let top = ${use(context, 'openList')}(bytes, at, start, end, 6, count, 8);
  for (let index = 0; index < count; index++) {
    const item = list[index]!;
    if (${empty}) ${use(context, 'putNull')}(bytes, ${slot});
    else top = ${writeList(context, element.element, 'item', slot, label)};
  }
  return top;
}

`;
  }
  const struct = context.model.structs.get(element.id)!;
  const size = refer(context, element.id, `sizeOf${struct.name}`);
  const write = refer(context, element.id, `write${struct.name}`);
  return `${head}  let data = 0;
  let pointers = 0;
  for (let index = 0; index < count; index++) {
    const size = ${size}(list[index]!);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
  }
  const words = count * (data + pointers);
  let top = start + 8 + words * 8;
  if (top > end) throw ${use(context, 'noRoom')}(top - start, end - start);
  ${use(context, 'putListPointer')}(bytes, at, start, 7, words);
  const size = data | (pointers << 16);
  ${use(context, 'putInt32')}(bytes, start, count << 2);
  putInt32(bytes, start + 4, size);
  for (let index = 0; index < count; index++) {
    top = ${write}(list[index]!, bytes, start + 8 + index * (data + pointers) * 8, size, top, end, depth - 1);
  }
  return top;
}

`;
}

function writeFunction(context: FileContext, struct: SchemaStruct): string {
  const scalars = forEachField(
    struct,
    'v',
    (owner, field, value) => (isPointer(field.type) ? '' : packScalar(context, owner, field, value)),
    (owner, number) => {
      const at = owner.discriminantAt!;
      const shift = (at & 3) * 8;
      return number === 0 ? '' : `h${at >>> 2} |= ${shift === 0 ? number : `${number} << ${shift}`};\n`;
    },
    `throw ${use(context, 'outOfRange')}($);\n`,
  );
  const halves = Array.from({ length: struct.dataWords * 2 }, (_, index) => index);
  const used = (half: number): boolean => new RegExp(`\\bh${half}\\b`).test(scalars);
  let text = `export function write${struct.name}(v: ${struct.name}, bytes: Uint8Array, at: number, size: number, top: number, end: number, depth: number): number {\n`;
  if (struct.dataWords > 0) {
    text += '  const data = size & 0xffff;\n';
    for (const half of halves) if (used(half)) text += `  let h${half} = 0;\n`;
    text += scalars;
    for (let word = 0; word < struct.dataWords; word++) {
      const put = (half: number): string =>
        `${use(context, 'putInt32')}(bytes, at + ${half * 4}, ${used(half) ? `h${half}` : '0'});`;
      text += `  if (data > ${word}) {\n    ${put(word * 2)}\n    ${put(word * 2 + 1)}\n  }\n`;
    }
  }
  if (struct.pointers > 0) {
    const slots: SlotCandidate[][] = Array.from({ length: struct.pointers }, () => []);
    pointerCandidates(struct, 'v', [], slots);
    text += `  const pointers = size >>> 16;\n  const base = at + ${struct.dataWords > 0 ? 'data * 8' : '0'};\n`;
    slots.forEach((candidates, slot) => {
      const at = slot === 0 ? 'base' : `base + ${slot * 8}`;
      let chain = '';
      for (const candidate of candidates) {
        const set = isSet(context, candidate.owner, candidate.field, candidate.value);
        const conditions = set === 'true' ? candidate.conditions : [...candidate.conditions, set];
        const label = quote(`${candidate.owner.name}.${candidate.field.name}`);
        const write = writePointer(context, candidate.field.type, candidate.value, at, label);
        chain += `${chain === '' ? '' : ' else '}${conditions.length === 0 ? '' : `if (${conditions.join(' && ')}) `}{\n${write}}`;
        if (conditions.length === 0) break;
      }
      const isTotal = chain.startsWith('{');
      if (!isTotal) chain += `${chain === '' ? '' : ' else '}${use(context, 'putNull')}(bytes, ${at});`;
      text += `  if (pointers > ${slot}) {\n${chain}\n}\n`;
    });
  }
  return `${text}  return top;\n}\n\n`;
}

function putFunction(context: FileContext, struct: SchemaStruct): string {
  return `export function put${struct.name}(v: ${struct.name}, bytes: Uint8Array, at: number, top: number, end: number, depth: number): number {
  if (depth <= 0) throw ${use(context, 'tooDeep')}();
  const size = sizeOf${struct.name}(v);
  const next = top + ((size & 0xffff) + (size >>> 16)) * 8;
  if (next > end) throw ${use(context, 'noRoom')}(next - top, end - top);
  ${use(context, 'putStructPointer')}(bytes, at, top, size);
  return write${struct.name}(v, bytes, top, size, next, end, depth);
}

`;
}

/** The writing functions of a struct. */
export function writeStructFunctions(context: FileContext, struct: SchemaStruct): string {
  return (
    sizeFunction(context, struct) +
    wordsFunctions(context, struct) +
    writeFunction(context, struct) +
    putFunction(context, struct)
  );
}
