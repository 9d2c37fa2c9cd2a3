// CMPS reads two operands, and no manual says which one first: where both fault, processors tell of different ones. Ours reads [RSI] first, as
// Zen 5 does; Zen 4 reads [RDI] first, and is then no judge of which of two faults it is.
import type { Row } from '../../src/isa/row.ts';
import { codePatches } from './case-generator.ts';
import { CODE_ADDRESS } from './memory-map.ts';
import type { NativeOracle } from './native-oracle.ts';
import { type Outcome, ProcessorState } from './processor-state.ts';

const CODE_OFFSET = 0x200;
const CMPSB = 0xa6;
const RSI = 6;
const RDI = 7;
const [STACK_FAULT, GENERAL_PROTECTION, PAGE_FAULT, ALIGNMENT_CHECK] = [12, 13, 14, 17];
const FAULTS_OF_ACCESSES: readonly number[] = [STACK_FAULT, GENERAL_PROTECTION, PAGE_FAULT, ALIGNMENT_CHECK];
const NOWHERE = 0x1000n;

const known = new WeakMap<NativeOracle, boolean>();

/** Whether this host's processor reads CMPS's operands in our order. */
function readsSourceFirst(oracle: NativeOracle): boolean {
  const before = known.get(oracle);
  if (before !== undefined) return before;
  const state = ProcessorState.initial();
  state.rip = CODE_ADDRESS + BigInt(CODE_OFFSET);
  state.words[RSI] = NOWHERE;
  state.words[RDI] = NOWHERE * 2n;
  const [outcome] = oracle.run([{ state, patches: codePatches(CODE_OFFSET, Uint8Array.of(CMPSB)) }]);
  const isFirst = outcome!.cr2 === NOWHERE;
  known.set(oracle, isFirst);
  return isFirst;
}

export const comparesTwoInMemory = ({ mnemonic }: Row): boolean => /CMPS[BWDQ]$/.test(mnemonic);

/** `native`, telling of the same fault as `ours` where an instruction with two operands in memory has faulted and this processor may mean the other. */
export function ofTheSameOperand(native: Outcome, ours: Outcome, oracle: NativeOracle): Outcome {
  const haveFaulted = [native, ours].every(({ trap }) => FAULTS_OF_ACCESSES.includes(trap));
  if (!haveFaulted || readsSourceFirst(oracle)) return native;
  return { ...native, trap: ours.trap, errorCode: ours.errorCode, cr2: ours.cr2 };
}
