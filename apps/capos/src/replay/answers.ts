// Answers of the outside as a log holds them: JSON, with 64-bit numbers as "~n…" and bytes in Base64 as "~b…".
import { MachineError } from '@capos/x86-machine';

/** A Buffer makes an object of itself before a replacer sees it: the holder has it as it was. */
function pack(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  if (typeof raw === 'bigint') return `~n${raw}`;
  return raw instanceof Uint8Array ? `~b${Buffer.from(raw).toString('base64')}` : value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value[0] !== '~') return value;
  if (/^~n-?\d{1,20}$/.test(value)) return BigInt(value.slice(2));
  return new Uint8Array(Buffer.from(value.slice(2), 'base64'));
}

export const answerBytes = (answer: object): Uint8Array => Buffer.from(JSON.stringify(answer, pack));

/** @throws MachineError `badLog` when it is no object */
export function answerOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let answer: unknown;
  try {
    answer = JSON.parse(Buffer.from(bytes).toString(), unpack);
  } catch {
    throw damaged('an answer that is no JSON');
  }
  if (typeof answer !== 'object' || answer === null || answer instanceof Uint8Array)
    throw damaged('an answer that is no object');
  return answer as Readonly<Record<string, unknown>>;
}

export const damaged = (what: string): MachineError => new MachineError('badLog', `reading an input log: ${what}`);
