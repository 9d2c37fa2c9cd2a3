// A terminal on a serial line: a driver program between a real UART and a program that only knows Console.
import { Console, fromUtf8, type HostedProgram, toUtf8 } from '@capos/abi';
import { createKernel } from '@capos/kernel';
import { openEnvironment } from '@capos/runtime';
import { createSerialConsoleProgram } from '@capos/services';
import { createLocalApic, createMachine, createUart16550 } from '@capos/x86-machine';
import { expect, it } from 'vitest';

const COM1 = 0x3f8;
const COM1_LINE = 4;

/** Answers every line it reads. */
const greeter: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const console = environment.capSet.get('console', Console);
  async function greet(): Promise<void> {
    for (let line = ''; !line.endsWith('bye\n'); ) {
      line += fromUtf8((await console.read({ maxLength: 5 })).data);
      if (!line.endsWith('\n') || line.endsWith('bye\n')) continue;
      await console.write({ data: toUtf8(`hello, ${line}`) });
      line = '';
    }
  }
  greet().then(
    () => environment.exit(0),
    () => environment.exit(1),
  );
};

it('a program talks over the serial port through its driver', async () => {
  const clock = { nowNs: () => 0 };
  const machine = createMachine({
    ramBytes: 4 * 2 ** 20,
    decodedBytes: 2 ** 20,
    clock,
    entropy: { fill: (bytes) => bytes.fill(1) },
  });
  let sent = '';
  const uart = createUart16550({
    transmit: (byte) => {
      sent += String.fromCharCode(byte);
    },
  });
  machine.attach(createLocalApic());
  machine.attach(uart);
  const kernel = createKernel({ machine });
  const endpoint = kernel.createEndpoint();
  kernel.spawn({
    name: 'serial console',
    program: createSerialConsoleProgram(),
    grants: {
      console: endpoint.owner,
      ports: kernel.createIoPorts(COM1, 8),
      interrupt: kernel.createInterrupt(COM1_LINE),
      notifications: kernel.objects.notificationFactory,
    },
  });
  const program = kernel.spawn({
    name: 'greeter',
    program: greeter,
    grants: { console: endpoint.facet(1n, Console.id) },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 500; turn++) {
      kernel.step();
      await Promise.resolve();
    }
  };
  await settle();
  for (const words of ['Ada\n', 'a name of more than sixteen bytes\n', 'bye\n']) {
    for (let at = 0; at < words.length; at += 14) {
      uart.receive(toUtf8(words.slice(at, at + 14)));
      await settle();
    }
  }
  expect(sent).toBe('hello, Ada\nhello, a name of more than sixteen bytes\n');
  expect(program.status).toEqual({ which: 'exited', exited: 0 });
});
