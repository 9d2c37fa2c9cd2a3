// What Node lends a kernel: clocks, entropy, the terminal, its event loop.
export { nodeClock, nodeEntropy, nodeWallClock } from './clock-and-entropy.ts';
export { type NodeConsoleStreams, nodeConsole } from './console.ts';
export { nodeEventLoop } from './event-loop.ts';
export { nodeWorkers } from './workers.ts';
