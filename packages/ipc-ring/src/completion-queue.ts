// The client's receiving half: copies each completion out, frees its slot, gives its credit back, then hands it over.
import { CompletionEntry } from './generated/completion-entry.ts';
import {
  CQE_BADGE_LOW_WORD,
  CQE_FLAG_DETAILED,
  CQE_FLAG_UNSOLICITED,
  CQE_FLAGS_WORD,
  CQE_TOKEN_WORD,
  HEADER_CQ_HEAD_WORD,
  HEADER_CQ_TAIL_WORD,
  HEADER_FLAG_NEED_CREDIT,
  HEADER_SERVER_FLAGS_WORD,
} from './generated/layout-constants.ts';
import { copyCompletion, copyCompletionDetails } from './generated/slot-access.ts';
import { RingError } from './ring-error.ts';
import type { RingMemory } from './ring-shape.ts';
import type { SubmissionQueue } from './submission-queue.ts';

// Not exported, so that V8 folds them (see ring-server.ts).
const FLAGS = CQE_FLAGS_WORD;
const DETAILED = CQE_FLAG_DETAILED;
const UNSOLICITED = CQE_FLAG_UNSOLICITED;
const CQ_TAIL = HEADER_CQ_TAIL_WORD;
const CQ_HEAD = HEADER_CQ_HEAD_WORD;
const copyPlain = copyCompletion;
const copyDetails = copyCompletionDetails;

/** Receives completions one by one. */
export interface CompletionHandler {
  /** `entry` is reused: read it before draining or entering again. */
  complete(entry: CompletionEntry): void;
}

export class CompletionQueue {
  declare private readonly words: Int32Array;
  // Numbers start as numbers (see ring-server.ts).
  private readonly shared: boolean = false;
  private readonly entries: number = 0;
  private readonly mask: number = 0;
  private readonly base: number = 0;
  declare private readonly submissions: SubmissionQueue;
  private readonly entry = new CompletionEntry();
  private head = 0;
  private publishedHead = 0;
  /** The copy holds details of an earlier completion. */
  private detailed = false;

  constructor(memory: RingMemory, submissions: SubmissionQueue) {
    this.words = memory.words;
    this.shared = memory.shared;
    this.entries = memory.cqEntries;
    this.mask = memory.cqEntries - 1;
    this.base = memory.cqWord;
    this.submissions = submissions;
    this.head = memory.words[CQ_HEAD]!;
    this.publishedHead = this.head;
  }

  /** Completions published and not yet consumed. @throws RingError CORRUPT when the server's tail is impossible */
  get available(): number {
    const tail = this.tail;
    const available = (tail - this.head) | 0;
    if (available < 0 || available > this.entries) {
      throw new RingError(
        'CORRUPT',
        `draining completions: the server published ${tail >>> 0} with ${this.head >>> 0} consumed and ` +
          `${this.entries} slots; close this ring, its server is broken`,
      );
    }
    return available;
  }

  /** Completions consumed so far, as a counter: what a waiter is told was seen. */
  get consumed(): number {
    return this.head;
  }

  /** The server's published counter: what a waiter sleeps on. */
  get tail(): number {
    return this.shared ? Atomics.load(this.words, CQ_TAIL) : this.words[CQ_TAIL]!;
  }

  /**
   * Hands over the completions there are now, at most `limit`; answers how many. A handler may push, enter and drain
   * again: the slot is free and its credit is back before it runs.
   * @throws RingError CORRUPT when the server's tail is impossible; nothing is consumed then
   */
  drain(handler: CompletionHandler, limit: number = this.entries): number {
    const available = this.available;
    const end = (this.head + Math.min(available, limit)) | 0;
    const { words, entry, base, mask } = this;
    const copy = entry.words;
    let count = 0;
    try {
      // A nested drain moves the head too, possibly past `end`.
      while (((end - this.head) | 0) > 0) {
        const slot = (base + ((this.head & mask) << 3)) | 0;
        copyPlain(words, slot, copy);
        const flags = copy[FLAGS]!;
        if ((flags & DETAILED) !== 0) {
          copyDetails(words, slot, copy);
          this.detailed = true;
        } else if (this.detailed === true) {
          copy.fill(0, CQE_BADGE_LOW_WORD, CQE_TOKEN_WORD + 1);
          this.detailed = false;
        }
        this.head = (this.head + 1) | 0;
        if ((flags & UNSOLICITED) === 0) this.submissions.restoreCredit();
        count = (count + 1) | 0;
        handler.complete(entry);
      }
    } finally {
      this.publish();
    }
    return count;
  }

  /** Tells the server which slots are free again. Done at the end of a drain, and before submissions are published. */
  publish(): void {
    if (this.head === this.publishedHead) return;
    this.publishedHead = this.head;
    if (!this.shared) {
      this.words[CQ_HEAD] = this.head;
      return;
    }
    Atomics.store(this.words, CQ_HEAD, this.head);
    if ((Atomics.load(this.words, HEADER_SERVER_FLAGS_WORD) & HEADER_FLAG_NEED_CREDIT) !== 0) {
      Atomics.notify(this.words, CQ_HEAD);
    }
  }
}
