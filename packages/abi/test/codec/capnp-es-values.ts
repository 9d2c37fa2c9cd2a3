// Writes and reads the same values with capnp-es: the second implementation the codecs are compared to.
import { Message, type Struct } from 'capnp-es';
import * as generated from '../generated/capnp-es/specimen.ts';
import { type Colour, namesOfColour } from '../generated/codecs/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: capnp-es objects are reached by the names in the schema
type Loose = any;

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const isColour = (key: string): boolean => key === 'colour' || key === 'colours';
const colourNumber = (value: Colour): number => (typeof value === 'number' ? value : namesOfColour.indexOf(value));

function fillList(list: Loose, values: readonly unknown[], key: string): void {
  values.forEach((value, index) => {
    if (isColour(key)) list.set(index, colourNumber(value as Colour));
    else if (value instanceof Uint8Array) {
      if (value.length > 0) {
        // A fresh Data of the right size, adopted by the element's pointer.
        const holder = new Message().initRoot(generated.Pointers);
        holder._initData(value.length).copyBuffer(value);
        list.set(index, holder.data);
      }
    } else if (Array.isArray(value)) {
      if (value.length > 0) throw new Error('nested lists are compared through the capnp program');
    } else if (typeof value === 'object') fill(list.get(index), value as Record<string, unknown>);
    else if (value !== '') list.set(index, value);
  });
}

function fill(struct: Loose, value: Record<string, unknown>): void {
  for (const [key, field] of Object.entries(value)) {
    if (key === 'which') {
      if (value[field as string] === undefined) struct[field as string] = true; // a member of type Void
      continue;
    }
    const init = `_init${pascal(key)}`;
    if (field === undefined || (field === '' && value.which !== key)) continue;
    if (key === 'capability' || key === 'anything') continue; // null in every value compared
    if (isColour(key) && !Array.isArray(field)) struct[key] = colourNumber(field as Colour);
    else if (field instanceof Uint8Array) {
      if (field.length > 0) struct[init](field.length).copyBuffer(field);
    } else if (Array.isArray(field)) {
      if (field.length > 0 || value.which === key) fillList(struct[init](field.length), field, key);
    } else if (typeof field === 'object')
      fill(struct[init] ? struct[init]() : struct[key], field as Record<string, unknown>);
    else struct[key] = field;
  }
}

/** Whether a union holds an empty text or list: the codecs write a null pointer for it, capnp-es can't. */
export function hasEmptyMember(value: Record<string, unknown>): boolean {
  const member = value[value.which as string];
  return member === '' || (Array.isArray(member) && member.length === 0);
}

/** Encodes a value with capnp-es: framed, one segment. */
export function encodeWithCapnpEs(name: string, value: unknown): Uint8Array {
  const message = new Message();
  const root = message.initRoot((generated as Loose)[name] as typeof Struct as Loose);
  fill(root, value as Record<string, unknown>);
  return new Uint8Array(message.toArrayBuffer());
}

/** The root of a framed message, for reading with capnp-es. */
export function decodeWithCapnpEs(name: string, framed: Uint8Array): Loose {
  return new Message(framed, false).getRoot((generated as Loose)[name]);
}
