// A chain of eight dependent calls, each to the capability that the one before is to bring, against one call and against eight
// calls that wait for one another. Processes differ by how V8 has compiled them, so each round is a process of its own, as a system is;
// the last row is the same in this process, after whatever ran here before.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { measureChain } from './chain-system.ts';

const PROCESSES = 9;
const CHILD = fileURLToPath(new URL('./chain-child.ts', import.meta.url));

interface Medians {
  readonly one: number;
  readonly chain: number;
  readonly serial: number;
}

/** Of the round whose ratio is the middle one: medians of each column would mix rounds in which threads spin with rounds in which they sleep. */
function middleOf(rounds: number[][]): Medians {
  const [one, chain, serial] = rounds.toSorted((a, b) => a[1]! / a[0]! - b[1]! / b[0]!)[rounds.length >> 1] as [
    number,
    number,
    number,
  ];
  return { one, chain, serial };
}

area('ipc', async (suite) => {
  const alone = Array.from({ length: PROCESSES }, () =>
    middleOf(JSON.parse(execFileSync(process.execPath, [CHILD], { encoding: 'utf8' }))),
  );
  const here = middleOf(await measureChain());
  const inTurn = (of: keyof Medians): (() => number) => {
    let next = 0;
    return () => alone[next++ % alone.length]![of];
  };
  await suite.compare({
    name: 'chain-8',
    unit: 'ns',
    ours: inTurn('chain'),
    rival: [
      { name: 'one call', run: inTurn('one') },
      { name: 'eight calls, one after the other', run: inTurn('serial') },
    ],
    rounds: PROCESSES,
  });
  await suite.compare({
    name: 'chain-8, in a process that ran the rows above',
    unit: 'ns',
    ours: () => here.chain,
    rival: { name: 'one call', run: () => here.one },
    rounds: 1,
  });
});
