// Cases that once came out wrong, with the processor's answer: data that runs on any host.
import { assembleBlock, type BlockPlan } from './block-generator.ts';
import { type Case, type Outcome, ProcessorState } from './processor-state.ts';

/** As it stands in regressions.json; byte strings are base64, 64-bit numbers hexadecimal. */
export interface RegressionVector {
  /** The instructions, and what was wrong. */
  readonly name: string;
  readonly state: string;
  readonly patches: readonly (readonly [imageOffset: number, bytes: string])[];
  readonly trap: number;
  readonly errorCode: string;
  readonly cr2: string;
  readonly after: string;
  readonly changes: readonly (readonly [imageOffset: number, word: string])[];
  /** RFLAGS bits not to compare. */
  readonly flagsIgnored: string;
}

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** Vectors from before the upper halves were recorded end early: those are zero. */
const decodeState = (text: string): ProcessorState => {
  const state = new ProcessorState();
  state.bytes.set(decode(text));
  return state;
};
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64'));

export function toVector(name: string, one: Case, native: Outcome, flagsIgnored: bigint): RegressionVector {
  return {
    name,
    state: encode(one.state.bytes),
    patches: one.patches.map(({ imageOffset, bytes }) => [imageOffset, encode(bytes)]),
    trap: native.trap,
    errorCode: native.errorCode.toString(16),
    cr2: native.cr2.toString(16),
    after: encode(native.state.bytes),
    changes: native.changes.map(([offset, word]) => [offset, word.toString(16)]),
    flagsIgnored: BigInt.asUintN(64, flagsIgnored).toString(16),
  };
}

export function fromVector(vector: RegressionVector): { one: Case; native: Outcome; flagsIgnored: bigint } {
  const number = (text: string): bigint => BigInt(`0x${text}`);
  return {
    one: {
      state: decodeState(vector.state),
      patches: vector.patches.map(([imageOffset, bytes]) => ({ imageOffset, bytes: decode(bytes) })),
    },
    native: {
      trap: vector.trap,
      errorCode: number(vector.errorCode),
      cr2: number(vector.cr2),
      state: decodeState(vector.after),
      changes: vector.changes.map(([offset, word]) => [offset, number(word)]),
    },
    flagsIgnored: number(vector.flagsIgnored),
  };
}

/** A shrunk block as a case and a name for its vector. */
export const vectorOfBlock = (plan: BlockPlan): { one: Case; name: string } => ({
  one: assembleBlock(plan),
  name: plan.steps.map(({ form }) => form.name.trim()).join('; '),
});
