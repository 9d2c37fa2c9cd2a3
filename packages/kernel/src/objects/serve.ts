// Serving an interface from inside the kernel: a table of handlers, one for each method of the schema, checked by the compiler.

import type { InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import { KernelObject } from '../capabilities/kernel-object.ts';
import { type ObjectCall, objectCallOf, type PENDING, type ServedMethod } from '../ipc/object-call.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';

/** A handler for each method of an interface. A method without handler does not compile. */
export type Handlers<ObjectType, Descriptor extends InterfaceDescriptor> = {
  readonly [Method in keyof Descriptor['methods']]: Descriptor['methods'][Method] extends MethodDescriptor<
    infer Params,
    infer Results
  >
    ? (object: ObjectType, params: Params, call: ObjectCall) => Results | typeof PENDING
    : never;
};

/** An interface that kernel objects serve. */
export interface ServedInterface {
  readonly id: bigint;
  readonly name: string;
  readonly methods: readonly (ServedMethod | undefined)[];
}

/** Joins a descriptor of abi with handlers. */
export function serve<ObjectType extends KernelObject, Descriptor extends InterfaceDescriptor>(
  descriptor: Descriptor,
  handlers: Handlers<ObjectType, Descriptor>,
): ServedInterface {
  const methods: (ServedMethod | undefined)[] = [];
  for (const [name, method] of Object.entries(descriptor.methods)) {
    methods[method.ordinal] = {
      name,
      params: method.params,
      results: method.results,
      handler: (handlers as unknown as Record<string, ServedMethod['handler']>)[name]!,
    };
  }
  return { id: descriptor.id, name: descriptor.name, methods };
}

/** A kernel object with a served interface. */
export abstract class ServedObject extends KernelObject {
  protected abstract readonly served: ServedInterface;

  get interfaceId(): bigint {
    return this.served.id;
  }

  get label(): string {
    return this.served.name;
  }

  call(operation: PendingOperation): void {
    objectCallOf(operation).dispatch(this, this.served.methods, this.served.name);
  }
}
