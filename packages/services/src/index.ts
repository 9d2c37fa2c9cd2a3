// Services of a capOS system that are programs like any other: what they decide or drive, they were granted.

export { createFairShareProgram, type FairShareOptions, type ShareGroup } from './fair-share.ts';
export { createSerialConsoleProgram, type SerialConsoleOptions } from './serial-console.ts';
export { type ContextDemand, sharesOf } from './share-slices.ts';
