// x87 transcendental instructions (SDM 1 §8.3.7–8.3.10).

import type { ExtendedBinary } from '../float/extended-arithmetic.ts';
import { exponentialExtended, logarithmExtended, logarithmPlusOneExtended } from '../float/logarithmic.ts';
import { arcTangentExtended } from '../float/trigonometric.ts';
import {
  cosineInstruction,
  sineCosineInstruction,
  sineInstruction,
  tangentInstruction,
} from '../float/x87-angle-instructions.ts';
import { defineApply, defineApplyUnary } from '../float/x87-instructions.ts';
import { i32 } from '../wasm/expression.ts';
import type { FunctionDefinition } from '../wasm/function-definition.ts';
import { type Body, type Row, row } from './row.ts';
import { begin, beginFlags, fromStack } from './x87-operand.ts';

const FEATURE = { feature: 'x87' };

const instruction =
  (definition: FunctionDefinition<readonly [], readonly []>): Body =>
  (e) => {
    begin(e);
    e.call(definition);
  };

/** ST(1) = operation(ST(0), ST(1)), and a pop. */
function intoSecond(name: string, operation: ExtendedBinary): Body {
  const definition = defineApply(name, operation);
  return (e) => {
    begin(e);
    beginFlags(e);
    const x = fromStack(e, i32(0));
    const y = fromStack(e, i32(1));
    e.call(definition, ...([x[0], x[1], y[0], y[1], i32(1), i32(1)] as const));
  };
}

export const X87_TRANSCENDENTAL: readonly Row[] = [
  row('F2XM1', 'D9 F0', [], FEATURE, instruction(defineApplyUnary('2xm1', exponentialExtended))),
  row('FYL2X', 'D9 F1', [], FEATURE, intoSecond('yl2x', logarithmExtended)),
  row('FPTAN', 'D9 F2', [], FEATURE, instruction(tangentInstruction)),
  row('FPATAN', 'D9 F3', [], FEATURE, intoSecond('patan', arcTangentExtended)),
  row('FYL2XP1', 'D9 F9', [], FEATURE, intoSecond('yl2xp1', logarithmPlusOneExtended)),
  row('FSINCOS', 'D9 FB', [], FEATURE, instruction(sineCosineInstruction)),
  row('FSIN', 'D9 FE', [], FEATURE, instruction(sineInstruction)),
  row('FCOS', 'D9 FF', [], FEATURE, instruction(cosineInstruction)),
];
