// NOP: does nothing, and completes.

import type { RingOperation } from './operation.ts';

export const nop: RingOperation = () => 0;
