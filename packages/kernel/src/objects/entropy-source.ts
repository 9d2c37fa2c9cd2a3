// EntropySource: random bytes from the embedder's source.

import { CapError, EntropySource } from '@capos/abi';
import type { EntropyFill } from '../nucleus.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

const MAX_BYTES = 65_536;

export class EntropySourceObject extends ServedObject {
  readonly entropy: EntropyFill;

  constructor(entropy: EntropyFill) {
    super();
    this.entropy = entropy;
  }

  protected get served(): ServedInterface {
    return entropySourceInterface;
  }
}

const entropySourceInterface: ServedInterface = serve<EntropySourceObject, typeof EntropySource>(EntropySource, {
  fill: ({ entropy }, { length }) => {
    if (length > MAX_BYTES) throw new CapError('invalidArgument', `at most ${MAX_BYTES} bytes a call`);
    const data = new Uint8Array(length);
    entropy.fill(data);
    return { data };
  },
});
