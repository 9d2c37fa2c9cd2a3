// The specification of an endpoint: three lists and who is where.
//
//   call ─▶ waiting (in order) ─▶ flying (with the server, by token) ─▶ done          receive ─▶ waits ─▶ done
//   a call and a receive that both wait do not exist · FINISH and deadlines take a call out of either list · RETURN lands one
//   a capability that travels is with the caller until delivery, then the server's, then perhaps the caller's again
//
// Held against it: every submission completes exactly once, calls are served in the order they came, a capability is always in
// exactly one of the places it can be, and when everybody has died nothing is left.
import { Notification, NotificationFactory } from '@capos/abi';
import { CQE_FLAG_CALL_ARRIVED, RETURN_REACHED_NOBODY } from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Submitted, TestClient } from './test-client.ts';
import { isEmpty, testKernel } from './test-kernel.ts';

const CLIENTS = 3;
const INTERFACE = 5n;

const client = fc.nat({ max: CLIENTS - 1 });
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('call' as const), client, move: fc.boolean(), small: fc.boolean() }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('receive' as const), small: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('return' as const), pick: fc.nat(), give: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('finish' as const), client, pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill' as const), client }) },
);

interface OpenCall {
  client: number;
  submitted: Submitted;
  answerId: number;
  text: string;
}

/** One run: a random history of clients and a server at one endpoint. */
export function endpointProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { minLength: 10, maxLength: length, size: 'max' }), (operations) => {
    const test = testKernel();
    const { kernel } = test;
    const endpoint = kernel.createEndpoint(8);
    const server = test.client('server', { endpoint: endpoint.owner });
    const clients = Array.from({ length: CLIENTS }, (_, index) =>
      test.client(`client ${index}`, {
        service: endpoint.facet(BigInt(index + 1), INTERFACE),
        notifications: kernel.objects.notificationFactory,
      }),
    );
    const dead = new Set<number>();
    const tokens: (number | undefined)[] = clients.map(makeToken);
    const waiting: OpenCall[] = [];
    const flying: { call: OpenCall; received: Submitted }[] = [];
    const receives: { submitted: Submitted; small: boolean }[] = [];
    /** Answers of each client that have not been FINISHed. */
    const named: number[] = clients.map(() => 0);
    let serial = 0;
    let answers = 0;

    const settle = (): void => {
      for (const receive of [...receives]) {
        if (!receive.submitted.done) continue;
        receives.splice(receives.indexOf(receive), 1);
        expect(receive.submitted.flags & CQE_FLAG_CALL_ARRIVED).not.toBe(0);
        const text = new TextDecoder().decode(receive.submitted.payload);
        // First come, first served: what was delivered is the first call that still waits.
        const next = waiting.shift();
        expect(next?.text).toBe(text);
        expect(receive.submitted.badge).toBe(BigInt(next!.client + 1));
        expect(receive.submitted.caps.length).toBe(text.endsWith('+') ? 1 : 0);
        flying.push({ call: next!, received: receive.submitted });
      }
    };

    for (const action of operations) {
      if (action.kind === 'call') {
        const program = clients[action.client]!;
        if (dead.has(action.client) || program.ring.submissions.credit < 4) continue;
        const token = action.move ? tokens[action.client] : undefined;
        const text = `call ${serial++}${action.small ? '' : 'x'.repeat(100)}${token === undefined ? '' : '+'}`;
        const answerId = ++answers;
        named[action.client]! += 1;
        const submitted = send(program, text, answerId, token);
        if (token !== undefined) tokens[action.client] = undefined;
        if (submitted.done) {
          // Refused at once: the endpoint is full, or the receiver's buffer too small. The capability came back.
          expect(submitted.exception?.kind === 'overloaded' || submitted.result === -4).toBe(true);
          if (token !== undefined) {
            tokens[action.client] = token;
            expect(isHeld(program, token)).toBe(true);
          }
        } else {
          waiting.push({ client: action.client, submitted, answerId, text });
        }
      } else if (action.kind === 'receive') {
        if (server.ring.submissions.credit < 8) continue;
        receives.push({
          submitted: server.receive(server.cap('endpoint'), { length: action.small ? 64 : 4096 }),
          small: action.small,
        });
        // Calls that do not fit a small buffer fail, and the next one is tried.
        for (const call of [...waiting]) {
          if (!call.submitted.done) continue;
          expect(call.submitted.result).toBe(-4);
          waiting.splice(waiting.indexOf(call), 1);
          restore(clients, tokens, call);
        }
      } else if (action.kind === 'return') {
        if (flying.length === 0 || server.ring.submissions.credit < 8) continue;
        const [flight] = flying.splice(action.pick % flying.length, 1);
        const { call, received } = flight!;
        const cap = received.caps[0]?.capId;
        const give = cap !== undefined && action.give;
        const returned = server.return(
          received.token,
          new Uint8Array(8),
          give ? { transfers: [{ capId: cap, mode: 'move' }] } : {},
        );
        const gone = dead.has(call.client) || call.submitted.result < 0;
        expect(returned.result).toBe(gone ? RETURN_REACHED_NOBODY : 0);
        if (!gone) {
          expect(call.submitted.result).toBe(8);
          expect(call.submitted.caps.length).toBe(give ? 1 : 0);
          if (give) {
            if (tokens[call.client] === undefined) tokens[call.client] = call.submitted.caps[0]!.capId;
            else release(clients[call.client]!, call.submitted.caps[0]!.capId);
          }
        }
        // A caller that has gone gets nothing: what was to be moved is still the server's.
        if (cap !== undefined && (!give || gone)) expect(release(server, cap)).toBe(0);
      } else if (action.kind === 'finish') {
        const own = [...waiting, ...flying.map(({ call }) => call)].filter(
          (call) => call.client === action.client && !call.submitted.done,
        );
        if (dead.has(action.client) || own.length === 0) continue;
        const call = own[action.pick % own.length]!;
        const program = clients[action.client]!;
        expect(program.operation((submissions, userData) => submissions.finish(call.answerId, userData)).result).toBe(
          1,
        );
        expect(call.submitted.result).toBe(-6);
        named[action.client]! -= 1;
        if (waiting.includes(call)) {
          waiting.splice(waiting.indexOf(call), 1);
          restore(clients, tokens, call);
        }
      } else if (action.kind === 'time') {
        test.clock.ns += 1000;
        kernel.step();
      } else if (!dead.has(action.client)) {
        dead.add(action.client);
        named[action.client] = 0;
        clients[action.client]!.process.kill(9);
        for (const call of [...waiting]) if (call.client === action.client) waiting.splice(waiting.indexOf(call), 1);
      }
      settle();
      expect(kernel.ledgers().total.pendingOperations).toBe(
        named.reduce((sum, count) => sum + count, 0) +
          waiting.length +
          receives.length +
          flying.filter(({ call }) => !dead.has(call.client) && !call.submitted.done).length,
      );
    }
    server.process.kill(9);
    for (const [index, program] of clients.entries()) if (!dead.has(index)) program.process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}

function makeToken(program: TestClient): number {
  const made = program.call(program.cap('notifications'), NotificationFactory.methods.create, {});
  return made.caps[made.value.notification]!.capId;
}

function isHeld(program: TestClient, capId: number): boolean {
  return program.call(capId, Notification.methods.poll, { mask: 0n }).result >= 0;
}

/** A call that failed before it was delivered leaves its capability with the caller. */
function restore(clients: TestClient[], tokens: (number | undefined)[], call: OpenCall): void {
  if (!call.text.endsWith('+')) return;
  const program = clients[call.client]!;
  const held = sentTokens.get(call.submitted)!;
  expect(isHeld(program, held)).toBe(true);
  if (tokens[call.client] === undefined) tokens[call.client] = held;
  else release(program, held);
}

const sentTokens = new WeakMap<Submitted, number>();

function send(program: TestClient, text: string, answerId: number, token: number | undefined): Submitted {
  const message = program.allocate();
  const bytes = new TextEncoder().encode(text);
  program.bytes.set(bytes, message);
  const submitted = program.callRaw<unknown>(program.cap('service'), 0, message, bytes.length, {
    answerId,
    ...(token === undefined ? {} : { transfers: [{ capId: token, mode: 'move' }] }),
  });
  if (token !== undefined) sentTokens.set(submitted, token);
  return submitted;
}

function release(program: TestClient, capId: number): number {
  return program.operation((submissions, userData) => submissions.release(capId, userData)).result;
}
