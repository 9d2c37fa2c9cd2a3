// Turns of a foreign process that mostly calls: the work is its personality's, and hardly an instruction of its own runs.
import { describe, expect, it } from 'vitest';
import { FOREIGN_CALL } from '../../src/scheduling/processor-time.ts';
import { movEax, program, SYSCALL } from '../support/elf-builder.ts';
import { SLICE, scheduledMachine } from '../support/scheduled-machine.ts';
import { testPersonality } from '../support/test-personality.ts';

const CALL = 7;

describe('a foreign process that does nothing but call', () => {
  it('has no longer turns for it than one that computes', () => {
    const { info, kernel, run, spinner } = scheduledMachine();
    let calls = 0;
    const personality = testPersonality({ syscall: () => void calls++ });
    // again: mov eax, CALL; syscall; jmp again
    const image = program([...movEax(CALL), ...SYSCALL, 0xeb, 0xf7]);
    kernel.spawn({ name: 'caller', image, personality: personality.factory });
    const computing = spinner('computing');
    const turns = 10;
    run(turns * SLICE);
    expect(Number(info(computing).instructions)).toBeGreaterThan((turns - 2) * SLICE);
    expect(calls).toBeGreaterThan(turns / 2);
    expect(calls).toBeLessThanOrEqual(((turns + 2) * SLICE) / FOREIGN_CALL);
  });
});
