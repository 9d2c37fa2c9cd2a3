// Samples of guest functions, and reports of them: an entry of its own, which most programs do without.
export { type ElfSymbols, type FunctionSymbol, functionAt, readElfSymbols } from './elf-symbols.ts';
export { collapsedStacks, flameGraph, profileTable } from './profile-reports.ts';
export {
  createProfiler,
  type MappedImage,
  type ProfiledFunction,
  type ProfiledStack,
  type Profiler,
  type ProfilerOptions,
} from './profiler.ts';
