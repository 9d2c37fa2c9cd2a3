// What the machine did, as `capos run --stats` tells it.
import type { TierStatistics } from '@capos/x86-machine';

const count = (value: number): string => value.toLocaleString('en-US');
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;

/** Lines of text, each a name and a figure. */
export function statisticsReport(statistics: TierStatistics): string {
  const { instructions, inRegions, entries, exits, regions, batches, translatedInstructions } = statistics;
  const rows: [name: string, figure: string][] = [
    ['instructions', count(instructions)],
    ['  in translated regions', `${count(inRegions)} (${percent(inRegions, instructions)})`],
    ['  interpreted', `${count(instructions - inRegions)} (${percent(instructions - inRegions, instructions)})`],
    ['regions entered', `${count(entries)}, for ${(inRegions / Math.max(entries, 1)).toFixed(1)} instructions each`],
    ['  left by a call or jump', count(exits.direct)],
    ['  left by a return or indirectly', count(exits.indirect)],
    ['  left for an access or a fault', count(exits.atInstruction)],
    ['  left for what is interpreted', count(exits.untranslated)],
    ['  left for the budget', count(exits.poll)],
    ['regions translated', `${count(regions)} in ${count(batches)} modules, ${count(statistics.moduleBytes)} bytes`],
    ['  instructions in them', count(translatedInstructions)],
    ['  time', `${statistics.translationMs.toFixed(0)} ms`],
    ['caches flushed', count(statistics.flushes)],
  ];
  return rows.map(([name, figure]) => `${name.padEnd(34)}${figure}\n`).join('');
}
