// Histories of more than a million steps each, checked after every one.

import { assertMillionSteps } from '@capos/tooling/million-steps';
import { describe, it } from 'vitest';
import { budgetProperty } from '../support/budget-model.ts';
import { notificationProperty } from '../support/notification-model.ts';
import { parkProperty } from '../support/park-model.ts';
import { schedulerProperty } from '../support/scheduler-model.ts';
import { timerProperty } from '../support/timer-model.ts';

const LENGTH = 190;
/** Lengths are even between 10 and the greatest, 100 on average. */
const settings = { numRuns: 10_500 };
/** Where each history has a kernel of its own: fewer and longer ones. */
const LONG = 1990;
const few = { numRuns: 1250 };

describe('against its specification, a million steps', { timeout: 1_800_000 }, () => {
  it('a budget never gives more than its amount in a period, and gives all of it', () => {
    assertMillionSteps(budgetProperty(LENGTH), settings);
  });

  it('the scheduler runs whom it must, in turn, and counts every instruction', () => {
    assertMillionSteps(schedulerProperty(LENGTH), settings);
  });

  it('a word wakes its sleepers in order, and only when it should', () => {
    assertMillionSteps(parkProperty(LONG), few);
  });

  it('a notification gives each bit to one who waits, and tells its ring once', () => {
    assertMillionSteps(notificationProperty(LONG), few);
  });

  it('timers fire in order', () => {
    assertMillionSteps(timerProperty(LENGTH), settings);
  });
});
