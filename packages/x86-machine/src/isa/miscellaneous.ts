// Instructions that fit nowhere else: LEA NOP XLAT UD CPUID RDTSC PAUSE fences and hints (SDM Vol. 1 §5.1.13).

import { EXIT } from '../interpreter/exit.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, and, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32 } from '../wasm/expression.ts';
import type { Body, Row } from './row.ts';
import { row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const nothing: Body = () => {};
const undefinedInstruction: Body = (e) => e.raise(VECTOR.invalidOpcode);

const HINT = {};
const ENDS = { endsBlock: true };

export const MISCELLANEOUS: readonly Row[] = [
  ...sized('LEA', '8D /r', ['=rv', 'm'], {}, (size) => (e, destination, source) => {
    const address = e.effectiveAddress(source);
    e.write(destination, size === 64 ? address : toI32(address));
  }),
  row('NOP', '90', [], {}, nothing),
  row('PAUSE', 'F3 90', [], HINT, nothing),
  ...sized('NOP', '0F 1F /0', ['r/mv'], {}, () => nothing),
  // 0F 18 – 0F 1F are reserved for hints and never fault; ENDBR64 is one of them (SDM Vol. 2 Appendix A, 0F map).
  ...['18', '19', '1A', '1B', '1C', '1D', '1E', '1F'].map((opcode) =>
    row('NOP', `0F ${opcode} /r`, ['r/m32', 'r32'], HINT, nothing),
  ),
  ...['NTA', 'T0', 'T1', 'T2'].map((level, digit) => row(`PREFETCH${level}`, `0F 18 /${digit}`, ['m8'], {}, nothing)),
  ...['', 'W', '', '', '', '', '', ''].map((intent, digit) =>
    row(`PREFETCH${intent}`, `0F 0D /${digit}`, ['m8'], { feature: '3dnowprefetch' }, nothing),
  ),
  row('ENDBR64', 'F3 0F 1E FA', [], HINT, nothing),
  row('LFENCE', 'NP 0F AE E8+i', [], HINT, nothing),
  row('MFENCE', 'NP 0F AE F0+i', [], HINT, nothing),
  row('SFENCE', 'NP 0F AE F8+i', [], HINT, nothing),
  row('CLFLUSH', 'NP 0F AE /7', ['m8'], { feature: 'clflush' }, (e, operand) => void e.read(operand)),
  row('XLATB', 'D7', [], {}, (e) => {
    const index = and(add(e.register64(GPR.rbx), toI64(e.register(GPR.rax, 8))), e.addressMask());
    e.writeRegister(GPR.rax, 8, e.load(8, e.sourceAddress(index, 8)));
  }),
  row('UD2', '0F 0B', [], ENDS, undefinedInstruction),
  row('UD1', '0F B9 /r', ['r32', 'r/m32'], ENDS, undefinedInstruction),
  row('UD0', '0F FF /r', ['r32', 'r/m32'], ENDS, undefinedInstruction),
  row('CPUID', '0F A2', [], ENDS, (e) => e.host(EXIT.cpuid)),
  row('RDTSC', '0F 31', [], ENDS, (e) => e.host(EXIT.timestamp, i32(0))),
  row('RDTSCP', '0F 01 F9', [], { ...ENDS, feature: 'rdtscp' }, (e) => e.host(EXIT.timestamp, i32(1))),
];
