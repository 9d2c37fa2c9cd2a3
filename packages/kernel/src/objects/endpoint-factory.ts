// EndpointFactory: makes endpoints for whoever holds it, on its own account.

import { CapError, EndpointFactory } from '@capos/abi';
import { EndpointObject } from './endpoint.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** Calls that may wait or be in flight at one endpoint. */
const MAX_ENDPOINT_CALLS = 4096;

export class EndpointFactoryObject extends ServedObject {
  protected get served(): ServedInterface {
    return endpointFactoryInterface;
  }
}

const endpointFactoryInterface: ServedInterface = serve<EndpointFactoryObject, typeof EndpointFactory>(
  EndpointFactory,
  {
    create: (_factory, { maxCalls }, call) => {
      if (maxCalls < 1 || maxCalls > MAX_ENDPOINT_CALLS) {
        throw new CapError('invalidArgument', `an endpoint holds 1 to ${MAX_ENDPOINT_CALLS} calls`);
      }
      const endpoint = new EndpointObject(maxCalls);
      if (!endpoint.chargeTo(call.process.ledger))
        throw new CapError('overloaded', 'no kernel object left in the ledger');
      endpoint.makerId = call.process.id;
      return { endpoint: call.addCapability(endpoint) };
    },
  },
);
