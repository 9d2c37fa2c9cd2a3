// Donation: a thread that waits for a server lends it the context it would have run on, for as long as it waits.
//
//   client ──call──▶ server ──call──▶ its server …       runnerFor(client) = the first thread of the chain that can run
//
//   call      the caller remembers it: should it wait now, this is whom it waits for
//   waits     no RECV is there: the thread that received last is taken to be the one that will come for it
//   taken     the server works on the call it took last; calls it took before and set aside lend nothing until that is answered
//   landed    answered, canceled, timed out, or its caller or server died: the loan is over
//
// A chain whose end cannot run keeps its threads with the one they wait for (`lenders`); they are looked at again when that wakes.
// So a higher priority reaches, through any number of servers, whoever holds it up; and nothing is decided before it must be.

import type { PendingOperation } from '../ipc/pending-operation.ts';
import type { Thread } from '../processes/thread.ts';
import { THREAD } from './thread-state.ts';

/** Chains longer than this, and circles, run nobody. */
const MAX_CHAIN = 64;

/** A thread makes a call to an endpoint. */
export function called(call: PendingOperation, caller: Thread): void {
  call.caller = caller;
  caller.latestCall = call;
}

/** A server's thread takes a call. */
export function taken(call: PendingOperation, server: Thread): void {
  call.serverThread = server;
  const before = server.working;
  call.servedBefore = before;
  if (before !== undefined) before.servedAfter = call;
  server.working = call;
  server.loanChanged();
  // Its caller may wait already, for what it took to be another thread.
  call.caller?.reconsider();
}

/** A call that was taken is over. */
export function landed(call: PendingOperation): void {
  const server = call.serverThread;
  if (server === undefined) return;
  const { servedAfter, servedBefore } = call;
  call.serverThread = undefined;
  call.servedAfter = undefined;
  call.servedBefore = undefined;
  if (servedBefore !== undefined) servedBefore.servedAfter = servedAfter;
  if (servedAfter !== undefined) {
    servedAfter.servedBefore = servedBefore;
    return;
  }
  if (server.working !== call) return;
  server.working = servedBefore;
  servedBefore?.caller?.reconsider();
  server.loanChanged();
}

/** The server's thread is gone for good: nobody lends to it any more. */
export function forgetServer(server: Thread): void {
  for (let call = server.working; call !== undefined; ) {
    const before: PendingOperation | undefined = call.servedBefore;
    call.serverThread = undefined;
    call.servedAfter = undefined;
    call.servedBefore = undefined;
    call = before;
  }
  server.working = undefined;
}

/** Whom a blocked thread waits for. */
function serverOf(thread: Thread): Thread | undefined {
  const call = thread.latestCall;
  if (call === undefined) return undefined;
  // The record is pooled: it may serve somebody else by now.
  if (call.caller !== thread) {
    thread.latestCall = undefined;
    return undefined;
  }
  const server = call.serverThread;
  if (server === undefined || server.isDead) return undefined;
  // A call without token waits in the endpoint's queue.
  return call.token === 0 || server.working === call ? server : undefined;
}

/**
 * The thread that a context runs on behalf of `thread`: itself, or whoever it waits for. Undefined when nobody can run; then the
 * chain is remembered, so that the wake of its end brings its threads back.
 */
export function runnerFor(thread: Thread): Thread | undefined {
  let runner = thread;
  for (let length = 0; ; length++) {
    if (runner.state === THREAD.READY || runner.state === THREAD.RUNNING) {
      if (!runner.isFrozen) return runner;
      break;
    }
    const server = serverOf(runner);
    if (server === undefined) break;
    if (length === MAX_CHAIN) break;
    runner = server;
  }
  lend(thread);
  return undefined;
}

function lend(thread: Thread): void {
  let lender = thread;
  for (let length = 0; length < MAX_CHAIN; length++) {
    // One that a debugger keeps from running waits for nobody.
    if (lender.isFrozen && lender.state !== THREAD.BLOCKED) return;
    const server = serverOf(lender);
    if (server === undefined || lender.lentTo === server) return;
    takeBack(lender);
    lender.lentTo = server;
    lender.lenderNext = server.firstLender;
    if (server.firstLender !== undefined) server.firstLender.lenderPrevious = lender;
    server.firstLender = lender;
    lender = server;
  }
}

/** The thread no longer waits at another. */
export function takeBack(lender: Thread): void {
  const server = lender.lentTo;
  if (server === undefined) return;
  const { lenderNext, lenderPrevious } = lender;
  if (lenderPrevious === undefined) server.firstLender = lenderNext;
  else lenderPrevious.lenderNext = lenderNext;
  if (lenderNext !== undefined) lenderNext.lenderPrevious = lenderPrevious;
  lender.lentTo = undefined;
  lender.lenderNext = undefined;
  lender.lenderPrevious = undefined;
}

/** Calls `each` for every thread that waits for this one, directly or through others, and forgets that they do. */
export function releaseLenders(thread: Thread, each: (lender: Thread) => void): void {
  if (thread.firstLender === undefined) return;
  // Not by recursion: whoever makes the chains decides how long they are.
  const servers = [thread];
  for (let server = servers.pop(); server !== undefined; server = servers.pop()) {
    for (let lender = server.firstLender; lender !== undefined; lender = server.firstLender) {
      takeBack(lender);
      each(lender);
      if (lender.firstLender !== undefined) servers.push(lender);
    }
  }
}
