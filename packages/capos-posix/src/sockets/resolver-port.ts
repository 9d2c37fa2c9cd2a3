// Resolver port: a name server in one's own process. What a C library or Go sends to the address in resolv.conf is a DNS query
// (RFC 1035 §4); the answer is made from the Resolver capability. Nothing is sent anywhere by this.
//
//   query A, AAAA ─▶ Resolver.resolve ─▶ answers of that family        anything else: no records (NOERROR), so that
//   query PTR     ─▶ Resolver.reverse ─▶ names                         libraries go on with what they have

import { type NetworkError, Resolver } from '@capos/abi';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { startCall } from '../capabilities/started-call.ts';

const TYPE = { A: 1, PTR: 12, AAAA: 28 } as const;
const CLASS_INTERNET = 1;
const CODE = { NO_ERROR: 0, FORMAT: 1, SERVER_FAILURE: 2, NO_NAME: 3, NOT_IMPLEMENTED: 4, REFUSED: 5 } as const;
const HEADER = 12;
/** Seconds an answer may be kept. */
const TIME_TO_LIVE = 30;
/** Largest answer: what every resolver takes over UDP. Names have few addresses. */
const LARGEST = 512;

interface Question {
  readonly labels: readonly string[];
  readonly type: number;
  /** The question's own bytes. */
  readonly bytes: Uint8Array;
}

/** Answers one query, now or later. What is no query is dropped, as by a server. */
export function answerQuery(
  resolver: SharedCapability,
  query: Uint8Array,
  reply: (answer: Uint8Array) => void,
  refused: () => void,
): void {
  const view = new DataView(query.buffer, query.byteOffset, query.byteLength);
  // A query of one question; additional records (EDNS) are not looked at.
  if (query.length < HEADER || (query[2]! & 0x80) !== 0 || view.getUint16(4) !== 1) return;
  const question = parseQuestion(query);
  const respond = (code: number, records: readonly Uint8Array[] = []): void =>
    reply(encodeResponse(query, question, code, records));
  if (question === undefined || (query[2]! & 0x78) !== 0) {
    respond(question === undefined ? CODE.FORMAT : CODE.NOT_IMPLEMENTED);
    return;
  }
  const codeOf = (error: NetworkError): number => {
    if (error === 'notPermitted') refused();
    if (error === 'nameNotFound') return CODE.NO_NAME;
    return error === 'notPermitted' ? CODE.REFUSED : CODE.SERVER_FAILURE;
  };
  const { labels, type } = question;
  if (type === TYPE.PTR) {
    const address = addressOfPointer(labels);
    if (address === undefined) respond(CODE.NO_NAME);
    else
      startCall(resolver, Resolver.methods.reverse, { address }, (answer) => {
        if (typeof answer === 'number') respond(CODE.SERVER_FAILURE);
        else if (answer.results.error !== 'none') respond(codeOf(answer.results.error));
        else
          respond(
            CODE.NO_ERROR,
            answer.results.names.map((name) => encodeName(name.split('.'))),
          );
      });
    return;
  }
  if (type !== TYPE.A && type !== TYPE.AAAA) {
    respond(CODE.NO_ERROR);
    return;
  }
  const name = labels.join('.');
  startCall(resolver, Resolver.methods.resolve, { name }, (answer) => {
    if (typeof answer === 'number') respond(CODE.SERVER_FAILURE);
    else if (answer.results.error !== 'none') respond(codeOf(answer.results.error));
    else {
      const length = type === TYPE.A ? 4 : 16;
      respond(
        CODE.NO_ERROR,
        answer.results.addresses.filter((address) => address.length === length),
      );
    }
  });
}

function parseQuestion(query: Uint8Array): Question | undefined {
  const labels: string[] = [];
  let at = HEADER;
  for (;;) {
    const length = query[at];
    if (length === undefined || length > 63) return undefined;
    at++;
    if (length === 0) break;
    if (at + length > query.length) return undefined;
    labels.push(String.fromCharCode(...query.subarray(at, at + length)));
    at += length;
  }
  if (at + 4 > query.length || at - HEADER > 255) return undefined;
  if (query[at + 2]! * 256 + query[at + 3]! !== CLASS_INTERNET) return undefined;
  return { labels, type: query[at]! * 256 + query[at + 1]!, bytes: query.subarray(HEADER, at + 4) };
}

/** `4.3.2.1.in-addr.arpa`, or 32 hexadecimal digits before `ip6.arpa`, last one first. */
function addressOfPointer(labels: readonly string[]): Uint8Array | undefined {
  const tail = labels.slice(-2).join('.').toLowerCase();
  const digits = labels.slice(0, -2).reverse();
  if (
    tail === 'in-addr.arpa' &&
    digits.length === 4 &&
    digits.every((digit) => /^\d{1,3}$/.test(digit) && +digit < 256)
  )
    return Uint8Array.from(digits, Number);
  if (tail !== 'ip6.arpa' || digits.length !== 32 || !digits.every((digit) => /^[0-9a-f]$/i.test(digit)))
    return undefined;
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits[index * 2]! + digits[index * 2 + 1]!, 16),
  );
}

function encodeName(labels: readonly string[]): Uint8Array {
  const kept = labels.filter((label) => label !== '').map((label) => label.slice(0, 63));
  return Uint8Array.from([
    ...kept.flatMap((label) => [label.length, ...Array.from(label, (character) => character.charCodeAt(0) & 0xff)]),
    0,
  ]);
}

function encodeResponse(
  query: Uint8Array,
  question: Question | undefined,
  code: number,
  records: readonly Uint8Array[],
): Uint8Array {
  const bytes = new Uint8Array(LARGEST);
  const view = new DataView(bytes.buffer);
  bytes.set(query.subarray(0, 2));
  // Response, recursion desired as asked, recursion available.
  bytes[2] = 0x80 | (query[2]! & 0x79);
  bytes[3] = 0x80 | code;
  let at = HEADER;
  if (question !== undefined) {
    view.setUint16(4, 1);
    bytes.set(question.bytes, at);
    at += question.bytes.length;
  }
  let count = 0;
  for (const data of records) {
    if (question === undefined || at + 12 + data.length > LARGEST) break;
    // The question's name, by pointer.
    view.setUint16(at, 0xc000 | HEADER);
    view.setUint16(at + 2, question.type);
    view.setUint16(at + 4, CLASS_INTERNET);
    view.setUint32(at + 6, TIME_TO_LIVE);
    view.setUint16(at + 10, data.length);
    bytes.set(data, at + 12);
    at += 12 + data.length;
    count++;
  }
  view.setUint16(6, count);
  return bytes.subarray(0, at);
}
