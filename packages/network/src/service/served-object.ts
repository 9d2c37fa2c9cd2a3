// What the service makes for its callers: sockets, listeners, bound ports, restricted managers.
import type { FacetService, LentObjects } from '@capos/runtime';

export interface ServedObject {
  readonly service: FacetService;
  close(): void;
}

export type ServedObjects = LentObjects<ServedObject>;
