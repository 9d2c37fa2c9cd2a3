// The host's network in Node.
export { nodeNameLookup } from './node-name-lookup.ts';
export { nodeNetwork } from './node-network.ts';
