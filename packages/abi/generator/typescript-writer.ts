// Generates the writing half of a codec. For every struct S:
//
//   sizeOfS(v)      trimmed data words | trimmed pointers << 16: what canonical form keeps
//   wordsBelowS(v)  words of everything its pointers lead to
//   writeS(v, …)    the body, already sized and placed, and then what it points at
//   putS(v, …)      sizes, places, writes, and sets the pointer
//
// The data section is put together in 32-bit halves `h0, h1, …` that are written once each: fields of a union overlap,
// and nothing is read back from memory that may be shared. Groups are inlined, since they share their owner's sections.

import type { SchemaDefault, SchemaField, SchemaStruct, SchemaType, SlotField } from './schema-model.ts';
import { type FileContext, isRecursive, listName, pascal, quote, refer, use } from './typescript-names.ts';
import { isCarried, typeOf } from './typescript-types.ts';

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
function isSet(context: FileContext, owner: SchemaStruct, field: SlotField, value: string): string {
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

function numberOfEnum(context: FileContext, id: bigint, value: string, owner: SchemaStruct, field: SlotField): string {
  const name = refer(context, id, `numberOf${context.model.enums.get(id)!.name}`);
  return `${name}(${value}, ${quote(`${owner.name}.${field.name}`)})`;
}

type Visit = (struct: SchemaStruct, field: SlotField, value: string) => string;

/** Statements for every field that is in a value: plain ones first, then a switch over the union. Groups are inlined. */
function forEachField(
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

function sizeFunction(context: FileContext, struct: SchemaStruct): string {
  const body = forEachField(
    struct,
    'v',
    (owner, field, value) => {
      const section = isPointer(field.type) ? 'pointers' : 'data';
      const needed = isPointer(field.type)
        ? field.offset + 1
        : Math.floor((field.offset * bitsOf(field.type)) / 64) + 1;
      const condition = isSet(context, owner, field, value);
      return `if (${section} < ${needed}${condition === 'true' ? '' : ` && ${condition}`}) ${section} = ${needed};\n`;
    },
    (owner, number) => {
      const word = Math.floor(owner.discriminantAt! / 8) + 1;
      return number === 0 ? '' : `if (data < ${word}) data = ${word};\n`;
    },
    `throw ${use(context, 'outOfRange')}($);\n`,
  );
  return `export function sizeOf${struct.name}(v: ${struct.name}): number {
  ${struct.dataWords > 0 ? 'let data = 0;' : 'const data = 0;'}
  ${struct.pointers > 0 ? 'let pointers = 0;' : 'const pointers = 0;'}
${body}  return data | (pointers << 16);
}

`;
}

/** Words that the thing a pointer field leads to takes, as an expression. */
function wordsBelow(context: FileContext, type: SchemaType, value: string): string {
  switch (type.kind) {
    case 'text':
      return `${use(context, 'textWords')}(${value})`;
    case 'data':
      return `${use(context, 'dataWords')}(${value})`;
    case 'struct':
      return `${refer(context, type.id, `wordsOf${context.model.structs.get(type.id)!.name}`)}(${value}, depth - 1)`;
    case 'list':
      return listWordsExpression(context, type.element, value);
    default:
      return '0';
  }
}

function listWordsExpression(context: FileContext, element: SchemaType, value: string): string {
  switch (element.kind) {
    case 'void':
      return '0';
    case 'bool':
      return `${use(context, 'boolListWords')}(${value}.length)`;
    case 'text':
      return `${use(context, 'textListWords')}(${value})`;
    case 'data':
      return `${use(context, 'dataListWords')}(${value})`;
    case 'capability':
      return `${value}.length`;
    case 'struct':
    case 'list': {
      const name = `wordsOf${listName(context, element)}`;
      if (!context.listFunctions.has(name)) {
        context.listFunctions.set(name, ''); // a list of itself comes back here
        context.listFunctions.set(
          name,
          element.kind === 'struct' ? structListWords(context, element, name) : listListWords(context, element, name),
        );
      }
      return `${name}(${value}, depth - 1)`;
    }
    default:
      return `${use(context, 'listWords')}(${value}.length, ${bitsOf(element) / 8})`;
  }
}

function structListWords(context: FileContext, element: SchemaType & { id: bigint }, name: string): string {
  const struct = context.model.structs.get(element.id)!;
  const size = refer(context, element.id, `sizeOf${struct.name}`);
  const below = refer(context, element.id, `wordsBelow${struct.name}`);
  return `function ${name}(list: readonly ${typeOf(context, element)}[], depth: number): number {
  if (depth <= 0) throw ${use(context, 'tooDeep')}();
  let data = 0;
  let pointers = 0;
  let below = 0;
  for (const item of list) {
    const size = ${size}(item);
    if ((size & 0xffff) > data) data = size & 0xffff;
    if (size >>> 16 > pointers) pointers = size >>> 16;
    below += ${below}(item, depth - 1);
  }
  return 1 + list.length * (data + pointers) + below;
}

`;
}

function listListWords(context: FileContext, element: SchemaType, name: string): string {
  const inner = wordsBelow(context, element, 'item');
  const empty = element.kind === 'list' && element.element.kind === 'void' ? 'item === 0' : 'item.length === 0';
  return `function ${name}(list: readonly (${typeOf(context, element)})[], depth: number): number {
  if (depth <= 0) throw ${use(context, 'tooDeep')}();
  let words = list.length;
  for (const item of list) if (!(${empty})) words += ${inner};
  return words;
}

`;
}

function wordsFunctions(context: FileContext, struct: SchemaStruct): string {
  const body = forEachField(
    struct,
    'v',
    (owner, field, value) => {
      if (!isPointer(field.type) || field.type.kind === 'capability') return '';
      if (field.type.kind === 'list' && field.type.element.kind === 'void') return '';
      const condition = isSet(context, owner, field, value);
      const add = `words += ${wordsBelow(context, field.type, value)};\n`;
      return condition === 'true' ? add : `if (${condition}) ${add}`;
    },
    () => '',
    'break;\n',
  );
  const something = body.includes('words +=');
  return `export function wordsBelow${struct.name}(${something ? 'v' : '_v'}: ${struct.name}, ${something && body.includes('depth') ? 'depth' : '_depth'}: number): number {
${something ? `  let words = 0;\n${body}  return words;` : '  return 0;'}
}

export function wordsOf${struct.name}(v: ${struct.name}, depth: number): number {
  if (depth <= 0) throw ${use(context, 'tooDeep')}();
  const size = sizeOf${struct.name}(v);
  return (size & 0xffff) + (size >>> 16) + wordsBelow${struct.name}(v, depth);
}

`;
}

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
