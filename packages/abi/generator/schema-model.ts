// The schema as the generators want it: names settled, types resolved, defaults as bytes. Read once from capnp's own
// CodeGeneratorRequest (schema.capnp), which capnp-es decodes; it comes from the compiler, not from a stranger.

import { Message } from 'capnp-es';
import {
  type Field as CapnpField,
  type Node as CapnpNode,
  type Type as CapnpType,
  type Value as CapnpValue,
  CodeGeneratorRequest,
  Type_Which,
} from 'capnp-es/capnp/schema';
import { GeneratorError } from './code-generator-request.ts';

/** Numbers, by the names the generated code's helpers carry. */
export type NumberKind =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64';

export type SchemaType =
  | { readonly kind: 'void' | 'bool' | 'text' | 'data' | NumberKind }
  /** An interface, `Capability`, or any other AnyPointer: all that may be there is a capability. */
  | { readonly kind: 'capability'; readonly interfaceId: bigint | undefined }
  | { readonly kind: 'enum' | 'struct'; readonly id: bigint }
  | { readonly kind: 'list'; readonly element: SchemaType };

/** A default other than zero: bits for scalars, a value for text and data, a message for structs and lists. */
export type SchemaDefault =
  | { readonly kind: 'bits'; readonly low: number; readonly high: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'data'; readonly data: Uint8Array }
  | { readonly kind: 'message'; readonly message: Uint8Array };

export interface SlotField {
  readonly kind: 'slot';
  readonly name: string;
  readonly docs: string;
  /** Its number in the union, or undefined when it is in none. */
  readonly discriminant: number | undefined;
  readonly type: SchemaType;
  /** In units of the field's own size; pointers count pointers. */
  readonly offset: number;
  readonly default: SchemaDefault | undefined;
}

export interface GroupField {
  readonly kind: 'group';
  readonly name: string;
  readonly docs: string;
  readonly discriminant: number | undefined;
  readonly struct: SchemaStruct;
}

export type SchemaField = SlotField | GroupField;

export interface SchemaStruct {
  readonly id: bigint;
  /** PascalCase, unique within its file: the generated type's name. */
  readonly name: string;
  readonly docs: string;
  readonly dataWords: number;
  readonly pointers: number;
  readonly isGroup: boolean;
  /** Declared by a method for its own params or results, so that no field can have it as its type. */
  readonly isMethodSide: boolean;
  /** Byte offset of the discriminant, when the struct has an unnamed union. */
  readonly discriminantAt: number | undefined;
  /** In the order of the schema's text. */
  fields: readonly SchemaField[];
}

export interface SchemaEnum {
  readonly id: bigint;
  readonly name: string;
  readonly docs: string;
  readonly enumerants: readonly { readonly name: string; readonly docs: string }[];
}

export interface SchemaMethod {
  readonly name: string;
  readonly docs: string;
  readonly ordinal: number;
  readonly params: bigint;
  readonly results: bigint;
}

export interface SchemaInterface {
  readonly id: bigint;
  readonly name: string;
  readonly docs: string;
  /** In ordinal order. */
  readonly methods: readonly SchemaMethod[];
}

export interface SchemaFile {
  readonly id: bigint;
  /** As it was named to the compiler. */
  readonly path: string;
  readonly docs: string;
  /** Whether code is to be written for it; false for a file that is only imported. */
  readonly requested: boolean;
  readonly structs: readonly SchemaStruct[];
  readonly enums: readonly SchemaEnum[];
  readonly interfaces: readonly SchemaInterface[];
}

export interface SchemaModel {
  readonly files: readonly SchemaFile[];
  readonly structs: ReadonlyMap<bigint, SchemaStruct>;
  readonly enums: ReadonlyMap<bigint, SchemaEnum>;
  readonly interfaces: ReadonlyMap<bigint, SchemaInterface>;
  /** The file in which a node is declared. */
  readonly fileOf: ReadonlyMap<bigint, SchemaFile>;
}

const NUMBER_KINDS = new Map<number, NumberKind>([
  [Type_Which.INT8, 'int8'],
  [Type_Which.INT16, 'int16'],
  [Type_Which.INT32, 'int32'],
  [Type_Which.INT64, 'int64'],
  [Type_Which.UINT8, 'uint8'],
  [Type_Which.UINT16, 'uint16'],
  [Type_Which.UINT32, 'uint32'],
  [Type_Which.UINT64, 'uint64'],
  [Type_Which.FLOAT32, 'float32'],
  [Type_Which.FLOAT64, 'float64'],
]);

function readType(type: CapnpType): SchemaType {
  const which = type.which();
  const number = NUMBER_KINDS.get(which);
  if (number !== undefined) return { kind: number };
  switch (which) {
    case Type_Which.VOID:
      return { kind: 'void' };
    case Type_Which.BOOL:
      return { kind: 'bool' };
    case Type_Which.TEXT:
      return { kind: 'text' };
    case Type_Which.DATA:
      return { kind: 'data' };
    case Type_Which.LIST:
      return { kind: 'list', element: readType(type.list.elementType) };
    case Type_Which.ENUM:
      return { kind: 'enum', id: type.enum.typeId };
    case Type_Which.STRUCT:
      return { kind: 'struct', id: type.struct.typeId };
    case Type_Which.INTERFACE:
      return { kind: 'capability', interfaceId: type.interface.typeId };
    default:
      return { kind: 'capability', interfaceId: undefined };
  }
}

const scratch = new DataView(new ArrayBuffer(8));

function bitsOf(write: () => void): SchemaDefault | undefined {
  scratch.setBigUint64(0, 0n);
  write();
  const low = scratch.getInt32(0, true);
  const high = scratch.getInt32(4, true);
  return (low | high) === 0 ? undefined : { kind: 'bits', low, high };
}

function readDefault(type: SchemaType, value: CapnpValue): SchemaDefault | undefined {
  switch (type.kind) {
    case 'bool':
      return bitsOf(() => scratch.setUint8(0, value.bool ? 1 : 0));
    case 'int8':
      return bitsOf(() => scratch.setInt8(0, value.int8));
    case 'int16':
      return bitsOf(() => scratch.setInt16(0, value.int16, true));
    case 'int32':
      return bitsOf(() => scratch.setInt32(0, value.int32, true));
    case 'int64':
      return bitsOf(() => scratch.setBigInt64(0, value.int64, true));
    case 'uint8':
      return bitsOf(() => scratch.setUint8(0, value.uint8));
    case 'uint16':
      return bitsOf(() => scratch.setUint16(0, value.uint16, true));
    case 'uint32':
      return bitsOf(() => scratch.setUint32(0, value.uint32, true));
    case 'uint64':
      return bitsOf(() => scratch.setBigUint64(0, value.uint64, true));
    case 'float32':
      return bitsOf(() => scratch.setFloat32(0, value.float32, true));
    case 'float64':
      return bitsOf(() => scratch.setFloat64(0, value.float64, true));
    case 'enum':
      return bitsOf(() => scratch.setUint16(0, value.enum, true));
    case 'text':
      return value.text === '' ? undefined : { kind: 'text', text: value.text };
    case 'data': {
      const data = value.data.toUint8Array().slice();
      return data.length === 0 ? undefined : { kind: 'data', data };
    }
    case 'struct':
    case 'list':
      return readPointerDefault(type, value);
    default:
      return undefined;
  }
}

/** The default of a struct or list field, as a message whose root pointer leads to it. */
function readPointerDefault(type: SchemaType, value: CapnpValue): SchemaDefault | undefined {
  const message = new Message();
  message.setRoot(type.kind === 'struct' ? value.struct : value.list);
  const framed = new Uint8Array(message.toArrayBuffer());
  const unframed = framed.slice(8); // one segment: its count and length are the first word
  return unframed.subarray(0, 8).every((byte) => byte === 0) ? undefined : { kind: 'message', message: unframed };
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Reads a CodeGeneratorRequest. @throws GeneratorError for what the codecs do not carry, naming the place. */
export function readSchemaModel(request: Uint8Array): SchemaModel {
  const root = new Message(request, false).getRoot(CodeGeneratorRequest);
  const nodes = new Map<bigint, CapnpNode>();
  for (const node of root.nodes) nodes.set(node.id, node);
  const sourceInfo = new Map<bigint, { docs: string; members: string[] }>();
  for (const info of root.sourceInfo) {
    sourceInfo.set(info.id, {
      docs: info.docComment.trim(),
      members: info.members.map((member) => member.docComment.trim()),
    });
  }
  const docsOf = (id: bigint): string => sourceInfo.get(id)?.docs ?? '';
  const memberDocs = (id: bigint, index: number): string => sourceInfo.get(id)?.members[index] ?? '';

  const structs = new Map<bigint, SchemaStruct>();
  const enums = new Map<bigint, SchemaEnum>();
  const interfaces = new Map<bigint, SchemaInterface>();
  const fileOf = new Map<bigint, SchemaFile>();

  function readStruct(node: CapnpNode, name: string): SchemaStruct {
    const { struct } = node;
    const fields = [...struct.fields].map((field, index) => ({ field, docs: memberDocs(node.id, index) }));
    fields.sort((left, right) => left.field.codeOrder - right.field.codeOrder);
    const result: SchemaStruct = {
      id: node.id,
      name,
      docs: docsOf(node.id),
      dataWords: struct.dataWordCount,
      pointers: struct.pointerCount,
      isGroup: struct.isGroup,
      isMethodSide: node.scopeId === 0n,
      discriminantAt: struct.discriminantCount > 0 ? struct.discriminantOffset * 2 : undefined,
      fields: fields.map(({ field, docs }) => readField(field, docs, name)),
    };
    if (result.discriminantAt !== undefined && result.fields.some((field) => field.name === 'which')) {
      throw new GeneratorError(`${node.displayName}: a field named "which" beside a union: rename the field`);
    }
    structs.set(node.id, result);
    return result;
  }

  function readField(field: CapnpField, docs: string, owner: string): SchemaField {
    const discriminant = field.discriminantValue === 0xffff ? undefined : field.discriminantValue;
    if (field._isGroup) {
      const group = nodes.get(field.group.typeId)!;
      const struct = readStruct(group, owner + pascal(field.name));
      return { kind: 'group', name: field.name, docs: docs || struct.docs, discriminant, struct };
    }
    const type = readType(field.slot.type);
    return {
      kind: 'slot',
      name: field.name,
      docs,
      discriminant,
      type,
      offset: field.slot.offset,
      default: readDefault(type, field.slot.defaultValue),
    };
  }

  const requested = new Map<bigint, string>();
  for (const file of root.requestedFiles) requested.set(file.id, file.filename);
  const files: SchemaFile[] = [];
  for (const fileNode of nodes.values()) {
    if (!fileNode._isFile) continue;
    const file = {
      id: fileNode.id,
      path: requested.get(fileNode.id) ?? fileNode.displayName,
      docs: docsOf(fileNode.id),
      requested: requested.has(fileNode.id),
      structs: [] as SchemaStruct[],
      enums: [] as SchemaEnum[],
      interfaces: [] as SchemaInterface[],
    };
    files.push(file);
    const taken = new Map<string, string>();
    const claim = (name: string, node: CapnpNode): string => {
      // The compiler allows A.BC beside AB.C; the generated names would collide.
      const other = taken.get(name);
      if (other !== undefined) {
        throw new GeneratorError(`${other} and ${node.displayName} would both be called ${name}: rename one of them`);
      }
      taken.set(name, node.displayName);
      fileOf.set(node.id, file);
      return name;
    };
    const visit = (node: CapnpNode, prefix: string): void => {
      for (const nested of node.nestedNodes) {
        const child = nodes.get(nested.id);
        if (child === undefined) continue; // not referenced by any requested file
        const name = prefix + pascal(nested.name);
        if (child._isStruct) {
          file.structs.push(readStruct(child, claim(name, child)));
        } else if (child._isEnum) {
          const value: SchemaEnum = {
            id: child.id,
            name: claim(name, child),
            docs: docsOf(child.id),
            enumerants: [...child.enum.enumerants].map((enumerant, index) => ({
              name: enumerant.name,
              docs: memberDocs(child.id, index),
            })),
          };
          file.enums.push(value);
          enums.set(child.id, value);
        } else if (child._isInterface) {
          readInterface(child, claim(name, child));
        }
        visit(child, name);
      }
    };
    const readInterface = (node: CapnpNode, name: string): void => {
      if (node.interface.superclasses.length > 0) {
        throw new GeneratorError(
          `${node.displayName} extends another interface; a ring's method number is relative to one interface: repeat the methods`,
        );
      }
      const methods = [...node.interface.methods].map((method, index): SchemaMethod => {
        const side = (id: bigint, suffix: string): bigint => {
          const struct = nodes.get(id)!;
          // Structs written in the method itself have no scope of their own.
          if (struct.scopeId === 0n && !structs.has(id)) {
            file.structs.push(readStruct(struct, claim(name + pascal(method.name) + suffix, struct)));
          }
          return id;
        };
        return {
          name: method.name,
          docs: memberDocs(node.id, index),
          ordinal: index,
          params: side(method.paramStructType, 'Params'),
          results: side(method.resultStructType, 'Results'),
        };
      });
      const value: SchemaInterface = { id: node.id, name, docs: docsOf(node.id), methods };
      file.interfaces.push(value);
      interfaces.set(node.id, value);
    };
    visit(fileNode, '');
  }
  return { files, structs, enums, interfaces, fileOf };
}
