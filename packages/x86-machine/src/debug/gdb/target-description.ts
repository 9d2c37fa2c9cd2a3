// What GDB asks for as target.xml: which registers there are, made from their table (GDB manual, "Target Description Format").

import { type DebugRegister, FEATURE, REGISTERS } from './registers.ts';

const EFLAGS = 'CF:0 PF:2 AF:4 ZF:6 SF:7 TF:8 IF:9 DF:10 OF:11 NT:14 RF:16 VM:17 AC:18 VIF:19 VIP:20 ID:21';
const MXCSR = 'IE:0 DE:1 ZE:2 OE:3 UE:4 PE:5 DAZ:6 IM:7 DM:8 ZM:9 OM:10 UM:11 PM:12 FZ:15';

const flags = (id: string, bits: string): string => {
  const fields = bits.split(' ').map((bit) => {
    const [name, place] = bit.split(':');
    return `<field name="${name}" start="${place}" end="${place}"/>`;
  });
  return `<flags id="${id}" size="4">${fields.join('')}</flags>`;
};

const vector = (id: string, type: string, count: number): string =>
  `<vector id="${id}" type="${type}" count="${count}"/>`;

const TYPES: Readonly<Record<string, string>> = {
  [FEATURE.core]: flags('i386_eflags', EFLAGS),
  [FEATURE.sse]: [
    flags('i386_mxcsr', MXCSR),
    vector('v4f', 'ieee_single', 4),
    vector('v2d', 'ieee_double', 2),
    vector('v16i8', 'int8', 16),
    vector('v8i16', 'int16', 8),
    vector('v4i32', 'int32', 4),
    vector('v2i64', 'int64', 2),
    '<union id="vec128">',
    '<field name="v4_float" type="v4f"/><field name="v2_double" type="v2d"/>',
    '<field name="v16_int8" type="v16i8"/><field name="v8_int16" type="v8i16"/>',
    '<field name="v4_int32" type="v4i32"/><field name="v2_int64" type="v2i64"/>',
    '<field name="uint128" type="uint128"/></union>',
  ].join(''),
};

const described = ({ name, bits, type }: DebugRegister): string =>
  `<reg name="${name}" bitsize="${bits}" type="${type}"/>`;

/** The whole document. */
export function targetDescription(): string {
  const features = [...new Set(REGISTERS.map(({ feature }) => feature))].map((feature) => {
    const registers = REGISTERS.filter((register) => register.feature === feature).map(described);
    return `<feature name="${feature}">${TYPES[feature] ?? ''}${registers.join('')}</feature>`;
  });
  return [
    '<?xml version="1.0"?><!DOCTYPE target SYSTEM "gdb-target.dtd">',
    '<target version="1.0"><architecture>i386:x86-64</architecture><osabi>GNU/Linux</osabi>',
    ...features,
    '</target>',
  ].join('');
}
