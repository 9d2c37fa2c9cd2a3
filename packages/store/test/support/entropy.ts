// Unpredictable bytes for tests.
import { randomFillSync } from 'node:crypto';

export const entropy = (target: Uint8Array): void => void randomFillSync(target);
