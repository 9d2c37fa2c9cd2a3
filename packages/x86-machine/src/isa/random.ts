// RDRAND and RDSEED: random numbers out of the machine's entropy (SDM Vol. 1 §7.3.17). There is always enough of it.

import { EXIT } from '../interpreter/exit.ts';
import { i32 } from '../wasm/expression.ts';
import { type Row, sized } from './row.ts';

const rows = (mnemonic: string, digit: number): Row[] =>
  sized(
    mnemonic,
    `NFx 0F C7 /${digit}`,
    ['=rv'],
    { feature: mnemonic.toLowerCase(), writes: 'oszapc', endsBlock: true },
    (size) => (e, destination) => {
      e.flags.set({ cf: i32(1), of: i32(0), sf: i32(0), zf: i32(0), af: i32(0), pf: i32(0) });
      // The host writes the register, named by its slot.
      e.host(EXIT.random, e.registerNumber(destination), i32(size));
    },
  );

export const RANDOM: readonly Row[] = [...rows('RDRAND', 6), ...rows('RDSEED', 7)];
