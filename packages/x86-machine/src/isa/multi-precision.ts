// ADX: two chains of carries side by side, one in CF and one in OF (SDM Vol. 1 §5.1.2, Vol. 2 ADCX, ADOX).

import { add, ltU, or, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i64, type Value } from '../wasm/expression.ts';
import { type Body, type Row, row } from './row.ts';

const addWith =
  (flag: 'cf' | 'of', width: 32 | 64): Body =>
  (e, destination, source) => {
    const b = e.read(source!);
    const a = e.read(destination!);
    const carry = e.flag(flag);
    if (width === 32) {
      const sum = e.let(add(add(toI64(a), toI64(b)), toI64(carry)));
      e.write(destination!, toI32(sum));
      e.flags.set({ [flag]: toI32(shrU(sum, i64(32))) });
      return;
    }
    const [x, y] = [a as Value<'i64'>, b as Value<'i64'>];
    const partial = e.let(add(x, y));
    const sum = e.let(add(partial, toI64(carry)));
    const carried = e.let(or(ltU(partial, x), ltU(sum, partial)));
    e.write(destination!, sum);
    e.flags.set({ [flag]: carried });
  };

const rows = (mnemonic: string, prefix: string, flag: 'cf' | 'of', letter: string): Row[] =>
  ([32, 64] as const).map((width) =>
    row(
      mnemonic,
      `${prefix} ${width === 64 ? 'REX.W + ' : ''}0F 38 F6 /r`,
      [`+r${width}`, `r/m${width}`],
      { feature: 'adx', operandSize: width, reads: letter, writes: letter },
      addWith(flag, width),
    ),
  );

export const MULTI_PRECISION: readonly Row[] = [...rows('ADCX', '66', 'cf', 'c'), ...rows('ADOX', 'F3', 'of', 'o')];
