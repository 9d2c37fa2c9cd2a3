// A sample of what models.slow.test.ts does at length.
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { budgetProperty } from '../support/budget-model.ts';
import { notificationProperty } from '../support/notification-model.ts';
import { parkProperty } from '../support/park-model.ts';
import { schedulerProperty } from '../support/scheduler-model.ts';
import { timerProperty } from '../support/timer-model.ts';

describe('against its specification', () => {
  it('a budget never gives more than its amount in a period, and gives all of it', () => {
    fc.assert(budgetProperty(100), { numRuns: 200 });
  });

  it('the scheduler runs whom it must, in turn, and counts every instruction', () => {
    fc.assert(schedulerProperty(60), { numRuns: 500 });
  });

  it('a word wakes its sleepers in order, and only when it should', () => {
    fc.assert(parkProperty(60), { numRuns: 50 });
  });

  it('a notification gives each bit to one who waits, and tells its ring once', () => {
    fc.assert(notificationProperty(60), { numRuns: 50 });
  });

  it('timers fire in order', () => {
    fc.assert(timerProperty(200), { numRuns: 200 });
  });
});
