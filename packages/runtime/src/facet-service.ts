// An interface with its handlers: what a facet of an endpoint answers to.
import type { InterfaceDescriptor, MethodDescriptor } from '@capos/abi';
import type { CallContext, Later } from './call-context.ts';
import type { ParamsOf, ResultsOf } from './client.ts';

// A handler of a method without results may return nothing.
type HandlerAnswer<R> = Record<string, never> extends R ? R | void : R;

/**
 * Answers one method: a value now, a promise, or `context.later()`. What it throws becomes a CapException. The context is made
 * only for a handler with two parameters (`handler.length`): one that takes it otherwise, such as `(...all) =>`, gets none.
 */
export type Handler<P, R> = (
  params: P,
  context: CallContext<R>,
) => HandlerAnswer<R> | Promise<HandlerAnswer<R>> | Later;

/** A handler for every method of an interface. */
export type Implementation<D extends InterfaceDescriptor> = {
  readonly [M in keyof D['methods']]: Handler<ParamsOf<D['methods'][M]>, ResultsOf<D['methods'][M]>>;
};

/** What a facet of an endpoint answers to. Made by {@link facetService}. */
export interface FacetService {
  readonly descriptor: InterfaceDescriptor;
  /** By ordinal. */
  readonly methods: readonly (ServedMethod | undefined)[];
}

/** A method and who answers it. */
export interface ServedMethod {
  readonly method: MethodDescriptor;
  /** Undefined when the implementation has none. */
  readonly handler: Handler<unknown, unknown> | undefined;
  readonly takesContext: boolean;
}

/** An interface with its handlers, for {@link serveFacets}. */
export function facetService<D extends InterfaceDescriptor>(
  descriptor: D,
  implementation: Implementation<D>,
): FacetService {
  const methods: (ServedMethod | undefined)[] = [];
  const handlers = implementation as unknown as Readonly<Record<string, Handler<unknown, unknown> | undefined>>;
  for (const method of Object.values(descriptor.methods)) {
    const handler = handlers[method.name];
    methods[method.ordinal] = { method, handler, takesContext: handler !== undefined && handler.length >= 2 };
  }
  return { descriptor, methods };
}
