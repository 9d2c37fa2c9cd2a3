// What a browser lends a kernel: clocks, entropy, its event loop. Terminals differ, so a page brings its own console.
export { webClock, webEntropy, webWallClock } from './clock-and-entropy.ts';
export { webEventLoop } from './event-loop.ts';
export { webWorkers } from './workers.ts';
