// The client's side of a ring: both queues over one memory.
import { CompletionQueue } from './completion-queue.ts';
import { openRingMemory, type RingBuffer, type RingMemory } from './ring-shape.ts';
import { SubmissionQueue } from './submission-queue.ts';

/** Opens a ring that `initializeRing` wrote, and pushes submissions into it. One client per ring. */
export class RingClient {
  readonly memory: RingMemory;
  readonly submissions: SubmissionQueue;
  readonly completions: CompletionQueue;

  /** @throws RingError NOT_A_RING, BAD_SHAPE */
  constructor(buffer: RingBuffer, offset: number) {
    this.memory = openRingMemory(buffer, offset);
    this.submissions = new SubmissionQueue(this.memory);
    this.completions = new CompletionQueue(this.memory, this.submissions);
  }

  /** Publishes freed completion slots, then pushed submissions. Ring the doorbell (`cap_enter`, `enter()`) after it. */
  submit(): void {
    this.completions.publish();
    this.submissions.publish();
  }
}
