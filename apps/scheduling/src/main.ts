// `node src/main.ts`: who decides changes four times, and nobody stops for it.
import { Contest } from './contest.ts';

const contest = new Contest((line) => console.log(`  (${line})`));
const report = async (who: string): Promise<void> => {
  console.log(`${who.padEnd(40)} alone gets ${((await contest.part()) * 100).toFixed(0)} %`);
};

await report('the kernel, by turns');
contest.schedule(1);
await report('a scheduler, two groups alike');
const unequal = contest.schedule(3);
await report('another scheduler, three to one');
unequal.kill(9);
await report('that one killed: the kernel again');
