// The same two messages as protobuf-es knows them. Its generated modules hold a file descriptor and ask the library for the messages
// in it; the descriptor is made here instead, so that no protobuf compiler is needed.
import { create, createFileRegistry, type DescMessage } from '@bufbuild/protobuf';
import {
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';

type Type = keyof typeof FieldDescriptorProto_Type & string;

const field = (number: number, name: string, type: Type): FieldDescriptorProto =>
  create(FieldDescriptorProtoSchema, {
    name,
    number,
    type: FieldDescriptorProto_Type[type],
    label: FieldDescriptorProto_Label.OPTIONAL,
  });

const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: 'reading.proto',
    syntax: 'proto3',
    messageType: [
      {
        name: 'Reading',
        field: [field(1, 'sensor', 'UINT32'), field(2, 'valid', 'BOOL'), field(3, 'taken_at_ns', 'UINT64')],
      },
      {
        name: 'NamedReading',
        field: [field(1, 'sensor', 'UINT32'), field(2, 'name', 'STRING'), field(3, 'taken_at_ns', 'UINT64')],
      },
    ],
  }),
  () => undefined,
);

function message(name: string): DescMessage {
  const found = registry.getMessage(name);
  if (found === undefined) throw new Error(`protobuf-es does not know ${name}`);
  return found;
}

export const protobufReading: DescMessage = message('Reading');
export const protobufNamedReading: DescMessage = message('NamedReading');
