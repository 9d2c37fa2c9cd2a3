// The sixteen conditions of Jcc, SETcc and CMOVcc, in the order of their encoding (SDM Vol. 1 Appendix B).

export const CONDITIONS = [
  'o',
  'no',
  'b',
  'ae',
  'e',
  'ne',
  'be',
  'a',
  's',
  'ns',
  'p',
  'np',
  'l',
  'ge',
  'le',
  'g',
] as const;

export type ConditionCode = (typeof CONDITIONS)[number];

/** The flags each condition looks at. */
// biome-ignore format: pairs in encoding order
export const CONDITION_FLAGS: Record<ConditionCode, string> = {
  o: 'o', no: 'o', b: 'c', ae: 'c', e: 'z', ne: 'z', be: 'cz', a: 'cz',
  s: 's', ns: 's', p: 'p', np: 'p', l: 'so', ge: 'so', le: 'zso', g: 'zso',
};
