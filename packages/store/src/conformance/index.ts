// The promises of this package's interfaces, for whoever implements one: run the cases under any test framework.
//
//   for (const { name, run } of engineConformance({ create })) test(name, run);
export { type ConformanceCase, ConformanceError } from './assertion.ts';
export { type DirectoryHarness, directoryConformance } from './directory.ts';
export { type EngineHarness, engineConformance } from './engine.ts';
