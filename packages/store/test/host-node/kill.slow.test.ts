// The same over many more lives, with a log of many segments.
import { test } from 'vitest';
import { liveAndDie } from '../support/kill-writer.ts';

test('every blob and name that a killed writer had synced is there, over two hundred lives of one store', () =>
  liveAndDie(200));
