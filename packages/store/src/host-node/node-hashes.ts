// SHA-256 by the host's own library: several times the speed of portable code (`store` bench).
import { createHash, hash } from 'node:crypto';
import { type HashRegistry, hashRegistry, SHA_256 } from '../content-hash.ts';

/** The portable registry with SHA-256 computed natively. */
export function nodeHashes(preferred: number = SHA_256): HashRegistry {
  return hashRegistry(
    [
      {
        name: 'SHA-256',
        code: SHA_256,
        digestBytes: 32,
        hash: (content) => hash('sha256', content, 'buffer'),
        create: () => createHash('sha256'),
      },
    ],
    preferred,
  );
}
