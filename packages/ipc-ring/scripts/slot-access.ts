// Accessors of queue entries with literal word indices. Imported constants cost a load and a check each when a package
// runs from source (measured: 35 of 110 ns of a NOP), so the hot path gets them written out.
import { CQE, type Field, type Layout, SQE } from '../src/layout.ts';

export function slotAccess(): string {
  return [
    '// Generated from src/layout.ts by scripts/slot-access.ts. Do not edit.',
    '',
    ...writer('writeSubmission', 'all words of a capos_sqe', submissionWords),
    '',
    ...writer('writeShortSubmission', 'what a capos_sqe of SHORT_OPERATIONS needs', submissionWords.slice(0, 4)),
    '',
    ...copier('copySubmissionStart', 'the first 16 bytes of the capos_sqe', range(0, 4)),
    '',
    ...copier('copySubmissionRest', 'the other 48 bytes of the capos_sqe', range(4, 16)),
    '',
    ...writer('writeCompletion', 'what a capos_cqe without details needs', plainCompletionWords),
    '',
    ...writer('writeDetailedCompletion', 'all words of a capos_cqe', completionWords),
    '',
    ...copier('copyCompletion', 'all of the capos_cqe but its details', [0, 1, 2, 3, 7]),
    '',
    ...copier('copyCompletionDetails', 'badge and token of the capos_cqe', [4, 5, 6]),
    '',
  ].join('\n');
}

export function entryClass(name: string, layout: Layout, doc: string): string {
  const lines = [
    '// Generated from src/layout.ts by scripts/slot-access.ts. Do not edit.',
    '',
    '/**',
    ...doc.split('\n').map((line) => ` * ${line}`.trimEnd()),
    ' */',
    `export class ${name} {`,
    '  /** The copied words, in layout order. */',
    `  readonly words: Int32Array = new Int32Array(${layout.size / 4});`,
  ];
  for (const field of layout.fields) lines.push('', ...getters(field));
  lines.push(
    '}',
    '',
    '// Small values (nearly all) stay integers: V8 keeps them out of floating point.',
    'function unsigned64(low: number, high: number): number {',
    '  return high === 0 ? low >>> 0 : (high >>> 0) * 0x1_0000_0000 + (low >>> 0);',
    '}',
    '',
  );
  return lines.join('\n');
}

function getters(field: Field): string[] {
  const word = Math.floor(field.offset / 4);
  const shift = (field.offset % 4) * 8;
  const at = `this.words[${word}]!`;
  const getter = (name: string, meaning: string, expression: string): string[] => [
    `  /** ${meaning} */`,
    `  get ${name}(): number {`,
    `    return ${expression};`,
    '  }',
  ];
  switch (field.kind) {
    case 'u8':
    case 'u16': {
      const bits = field.kind === 'u8' ? 8 : 16;
      const shifted = shift === 0 ? at : `${at} >>> ${shift}`;
      if (shift + bits === 32) return getter(field.name, field.meaning, shifted);
      return getter(
        field.name,
        field.meaning,
        `${shift === 0 ? at : `(${shifted})`} & 0x${((1 << bits) - 1).toString(16)}`,
      );
    }
    case 'u32':
      return getter(field.name, field.meaning, `${at} >>> 0`);
    case 'i32':
      return getter(field.name, field.meaning, at);
    case 'u64':
      return [
        ...getter(
          field.name,
          `${field.meaning}. Exact below 2^53, rounded above`,
          `unsigned64(${at}, this.words[${word + 1}]!)`,
        ),
        '',
        ...getter(`${field.name}Low`, 'Its low half.', `${at} >>> 0`),
        '',
        ...getter(`${field.name}High`, 'Its high half.', `this.words[${word + 1}]! >>> 0`),
      ];
  }
}

// The value stored in each word, by what shares it: sub-word fields are joined by the caller.
const submissionWords = [
  'opFlagsMethod',
  'capId',
  'userDataLow',
  'userDataHigh',
  'paramsAddressLow',
  'paramsAddressHigh',
  'paramsLength',
  'resultLength',
  'resultAddressLow',
  'resultAddressHigh',
  'answerId',
  null,
  null,
  'aux',
  null,
  null,
];
const completionWords = [
  'userDataLow',
  'userDataHigh',
  'result',
  'flags',
  'badgeLow',
  'badgeHigh',
  'token',
  'methodAndCaps',
];

const plainCompletionWords = [
  'userDataLow',
  'userDataHigh',
  'result',
  'flags',
  undefined,
  undefined,
  undefined,
  'methodAndCaps',
];

// null writes 0, undefined leaves the word alone.
function writer(name: string, what: string, values: readonly (string | null | undefined)[]): string[] {
  const parameters = values.filter((value) => typeof value === 'string').map((value) => `  ${value}: number,`);
  return [
    `/** Writes ${what} at word \`slot\`; a store keeps the low 32 bits of a Number. */`,
    `export function ${name}(`,
    '  words: Int32Array,',
    '  slot: number,',
    ...parameters,
    '): void {',
    ...values.flatMap((value, word) => (value === undefined ? [] : [`  words[${at(word)}] = ${value ?? 0};`])),
    '}',
  ];
}

function copier(name: string, what: string, words: readonly number[]): string[] {
  return [
    `/** Reads each word of ${what} at word \`slot\` once, into \`copy\`. */`,
    `export function ${name}(words: Int32Array, slot: number, copy: Int32Array): void {`,
    ...words.map((word) => `  copy[${word}] = words[${at(word)}]!;`),
    '}',
  ];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, n) => from + n);
}

// `| 0` spares each access a check for overflow of the sum; that the word exists is checked all the same.
function at(word: number): string {
  return word === 0 ? 'slot' : `(slot + ${word}) | 0`;
}

export const ENTRY_CLASSES: readonly (readonly [path: string, content: string])[] = [
  [
    'src/generated/submission-entry.ts',
    entryClass(
      'SubmissionEntry',
      SQE,
      'A submission as its server sees it: a private copy, so nothing the client writes later can change it.\n' +
        'The same object is reused for every entry of a ring: read what is needed before returning to the drain.',
    ),
  ],
  [
    'src/generated/completion-entry.ts',
    entryClass(
      'CompletionEntry',
      CQE,
      'A completion as its client sees it: a private copy.\n' +
        'The same object is reused: read what is needed before draining or entering again.',
    ),
  ],
];
