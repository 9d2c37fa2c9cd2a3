// isa-debug-exit ends the machine with an odd code.
import { expect, test } from 'vitest';
import { createIsaDebugExit, ISA_DEBUG_EXIT_PORT } from '../../src/devices/isa-debug-exit.ts';
import { ManualBoard } from './manual-board.ts';

test('a write stops the machine with (value << 1) | 1', () => {
  const board = new ManualBoard();
  createIsaDebugExit().attach(board);
  board.out(ISA_DEBUG_EXIT_PORT, 0);
  board.out(ISA_DEBUG_EXIT_PORT, 0x31);
  board.out(ISA_DEBUG_EXIT_PORT, 0xffff_ffff, 4);
  expect(board.stops).toEqual([1, 0x63, 0xffff_ffff]);
});

test('a read gives zero and stops nothing', () => {
  const board = new ManualBoard();
  createIsaDebugExit({ port: 0xf4 }).attach(board);
  expect(board.in(0xf4)).toBe(0);
  expect(board.stops).toEqual([]);
});
