// The digest that images are checked by.
import { createHash } from 'node:crypto';
import type { Sha256 } from '@capos/image';

export const sha256: Sha256 = (content) => createHash('sha256').update(content).digest();
