// The driver of a 16550 serial port, as a program: it holds the port's registers and its interrupt, and serves Console with them.
//
//   interrupt ─▶ notification ─▶ read what the FIFO holds ─▶ answer who waits, or keep ─▶ acknowledge ─▶ wait …
//   Console.write ─▶ transmit register

import {
  CapError,
  Console,
  type ConsoleReadResults,
  Endpoint,
  type HostedProgram,
  Interrupt,
  IoPorts,
  Notification,
  NotificationFactory,
} from '@capos/abi';
import { adopt, type CallContext, capOf, openEnvironment, serve } from '@capos/runtime';

/** Offsets of the registers from the first port. */
const REGISTER = { DATA: 0, INTERRUPT_ENABLE: 1, FIFO_CONTROL: 2, MODEM_CONTROL: 4, LINE_STATUS: 5 } as const;
const RECEIVED_DATA = 1;
const FIFOS_ON_AND_CLEAR = 7;
/** DTR, RTS, and OUT2, which connects the interrupt on a PC. */
const MODEM_READY = 0b1011;
const DATA_READY = 1;
const INTERRUPTED = 1n;

export interface SerialConsoleOptions {
  /** Under which name it finds the owner side of the endpoint it serves at. Default `console`. */
  readonly export?: string;
  /** Bytes kept for readers that have not come yet; more are lost, as on any serial line. Default 65,536. */
  readonly backlogBytes?: number;
}

interface Reader {
  readonly maxLength: number;
  readonly context: CallContext<ConsoleReadResults>;
}

/** A program that serves Console over a serial port. Grants: `ports`, `interrupt`, `notifications`, and the endpoint. */
export function createSerialConsoleProgram(options: SerialConsoleOptions = {}): HostedProgram {
  const backlogBytes = options.backlogBytes ?? 65_536;
  return (port) => {
    const environment = openEnvironment(port);
    const { capSet } = environment;
    const ports = capSet.get('ports', IoPorts);
    const interrupt = capSet.get('interrupt', Interrupt);
    const readers: Reader[] = [];
    const backlog: number[] = [];

    const write = (offset: number, value: number): Promise<unknown> => ports.write({ offset, size: 1, value });
    const answer = (): void => {
      while (readers.length > 0 && (backlog.length > 0 || readers[0]!.context.canceled)) {
        const { context, maxLength } = readers.shift()!;
        if (context.canceled) context.fail(new CapError('failed', 'the read was given up'));
        else context.reply({ data: Uint8Array.from(backlog.splice(0, maxLength)) });
      }
    };

    async function receive(): Promise<void> {
      for (;;) {
        const { value: status } = await ports.read({ offset: REGISTER.LINE_STATUS, size: 1 });
        if ((status & DATA_READY) === 0) break;
        const { value } = await ports.read({ offset: REGISTER.DATA, size: 1 });
        if (backlog.length < backlogBytes) backlog.push(value);
      }
      answer();
    }

    async function drive(): Promise<never> {
      const made = await capSet.get('notifications', NotificationFactory).create({});
      const notification = environment.client(adopt(made, made.notification, Notification), Notification);
      const transfers = [capOf(notification)];
      await interrupt.bind({ notification: 0, bits: INTERRUPTED }, { transfers });
      await write(REGISTER.FIFO_CONTROL, FIFOS_ON_AND_CLEAR);
      await write(REGISTER.MODEM_CONTROL, MODEM_READY);
      await write(REGISTER.INTERRUPT_ENABLE, RECEIVED_DATA);
      for (;;) {
        await notification.wait({ mask: INTERRUPTED });
        await receive();
        await interrupt.acknowledge({});
      }
    }

    serve(environment, capSet.cap(options.export ?? 'console', Endpoint), Console, {
      async write({ data }) {
        await ports.writeMany({ offset: REGISTER.DATA, data });
        return { written: data.length };
      },
      read({ maxLength }, context) {
        if (maxLength === 0) return { data: new Uint8Array(0) };
        readers.push({ maxLength, context });
        answer();
        return context.later();
      },
      getSize: () => ({ columns: 80, rows: 25, isTerminal: true }),
      setMode({ raw }) {
        if (!raw) throw new CapError('unimplemented', 'a serial line knows no lines: it is always raw');
      },
      waitResize() {
        throw new CapError('unimplemented', 'a serial line has no size to change');
      },
      waitInterrupt() {
        throw new CapError('unimplemented', 'a serial line has no interrupt key of its own');
      },
    });
    drive().catch(() => environment.exit(1));
  };
}
