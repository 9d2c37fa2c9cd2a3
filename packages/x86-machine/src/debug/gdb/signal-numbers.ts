// Signals as GDB's protocol numbers them, which is its own way on every system (its include/gdb/signals.def), and as Linux does.

/** Those that differ. */
// biome-ignore format: pairs
const DIFFERENT: readonly (readonly [linux: number, gdb: number])[] = [
  [7, 10], [10, 30], [12, 31], [16, 143], [17, 20], [18, 19], [19, 17], [20, 18], [23, 16], [29, 23], [30, 32], [31, 12],
  [32, 77], ...Array.from({ length: 31 }, (_, index): [number, number] => [33 + index, 45 + index]), [64, 78],
];
const TO_GDB = new Map(DIFFERENT);
const TO_LINUX = new Map(DIFFERENT.map(([linux, gdb]) => [gdb, linux]));

export const toGdbSignal = (linux: number): number => TO_GDB.get(linux) ?? linux;

/** 0 for what Linux does not have. */
export function fromGdbSignal(gdb: number): number {
  const linux = TO_LINUX.get(gdb);
  if (linux !== undefined) return linux;
  return gdb < 32 && !TO_GDB.has(gdb) ? gdb : 0;
}
