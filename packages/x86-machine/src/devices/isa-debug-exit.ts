// The smallest way out of a test program: a byte written to one port ends the machine.
import type { Board, Device } from './device.ts';

/** Where QEMU's device of the same name sits unless told otherwise. */
export const ISA_DEBUG_EXIT_PORT = 0x501;

/**
 * A port whose write stops the machine with code `(value << 1) | 1`: never 0, so that a guest's verdict cannot be mistaken for
 * an ordinary end. Reads return 0.
 */
export function createIsaDebugExit(options: { readonly port?: number } = {}): Device {
  const port = options.port ?? ISA_DEBUG_EXIT_PORT;
  return {
    name: 'isa-debug-exit',
    attach(board: Board): void {
      board.ports.register(port, 2, {
        read: () => 0,
        write: (_port, _size, value) => board.stop(((value << 1) | 1) >>> 0),
      });
    },
  };
}
