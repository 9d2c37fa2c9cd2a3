// kill -9 at random moments loses nothing that was acknowledged.
import { test } from 'vitest';
import { liveAndDie } from '../support/kill-writer.ts';

test('every blob and name that a killed writer had synced is there, over several lives of one store', () =>
  liveAndDie(6));
