// `--profile`: samples of what the program runs, by function, told when it has ended.
//
//   --profile            a table on standard error
//   --profile=FILE.svg   a flame graph as well            --profile=FILE   collapsed stacks, one a line, as well
import { writeFileSync } from 'node:fs';
import type { Kernel } from '@capos/kernel';
import type { Machine, ReadFile } from '@capos/x86-machine';
import {
  collapsedStacks,
  createProfiler,
  type ElfSymbols,
  flameGraph,
  type MappedImage,
  profileTable,
  readElfSymbols,
} from '@capos/x86-machine/profile';

const PAGE = 4096;
/** Pages of code that belong to no file, remembered lest they be looked up for each sample. */
const MOST_UNKNOWN = 65_536;

/** What is known of one process's code. */
interface KnownCode {
  images: readonly MappedImage[];
  readonly unknownPages: Set<number>;
}

export interface RunningProfile {
  /** Ends sampling and gives the table; writes the file. */
  finish(): string;
}

/** Samples all processes of a kernel. @param file as the flag names it; undefined for the table alone */
export function profileKernel(
  machine: Machine,
  kernel: Kernel,
  readFile: ReadFile,
  title: string,
  file: string | undefined,
): RunningProfile {
  const processes = new Map<bigint, KnownCode>();
  const symbols = new Map<string, ElfSymbols>();
  const symbolsOf = (path: string): ElfSymbols => {
    let known = symbols.get(path);
    if (known === undefined) {
      known = readElfSymbols(readFile(path) ?? new Uint8Array());
      symbols.set(path, known);
    }
    return known;
  };
  /** Parts of a file lie side by side, the first of them first. */
  const imagesOf = (processId: bigint): MappedImage[] => {
    const bases = new Map<string, number>();
    return kernel.mappedFiles(processId).map(({ path, start, end }) => {
      const base = bases.get(path) ?? start;
      bases.set(path, base);
      return { name: path, start, end, base, symbols: symbolsOf(path) };
    });
  };
  const profiler = createProfiler(machine, {
    imageAt: (address) => {
      const processId = kernel.runningProcess?.processId;
      if (processId === undefined) return undefined;
      let code = processes.get(processId);
      if (code === undefined) {
        code = { images: imagesOf(processId), unknownPages: new Set() };
        processes.set(processId, code);
      }
      const within = ({ start, end }: MappedImage): boolean => address >= start && address < end;
      const found = code.images.find(within);
      const page = Math.floor(address / PAGE);
      if (found !== undefined || code.unknownPages.has(page) || code.unknownPages.size >= MOST_UNKNOWN) return found;
      // Mapped since, perhaps.
      code.images = imagesOf(processId);
      const now = code.images.find(within);
      if (now === undefined) code.unknownPages.add(page);
      return now;
    },
    ownerOf: () => kernel.runningProcess?.name,
  });
  return {
    finish() {
      profiler.stop();
      if (file?.endsWith('.svg')) writeFileSync(file, flameGraph(profiler, title));
      else if (file !== undefined) writeFileSync(file, collapsedStacks(profiler));
      return profileTable(profiler);
    },
  };
}
