// Generates the measuring part of a codec. For every struct S:
//
//   sizeOfS(v)      trimmed data words | trimmed pointers << 16: what canonical form keeps
//   wordsBelowS(v)  words of everything its pointers lead to
//   wordsOfS(v)     both together

import type { SchemaStruct, SchemaType } from './schema-model.ts';
import { bitsOf, forEachField, isPointer, isSet } from './typescript-fields.ts';
import { type FileContext, listName, refer, use } from './typescript-names.ts';
import { typeOf } from './typescript-types.ts';

export function sizeFunction(context: FileContext, struct: SchemaStruct): string {
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

export function wordsFunctions(context: FileContext, struct: SchemaStruct): string {
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
