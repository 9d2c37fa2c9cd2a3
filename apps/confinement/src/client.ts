// The client: looks at the certificate, lends its own console for the answer, and nothing else can be told anything.
import { Console, type HostedProgram, ProcessHandle, toUtf8 } from '@capos/abi';
import { Constructor } from '@capos/constructor';
import { given } from '@capos/libcapos/programs/given';
import { openEnvironment } from '@capos/runtime';

export const clientProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const console = environment.capSet.get('console', Console);
  const print = (line: string): Promise<unknown> => console.write({ data: toUtf8(`${line}\n`) });

  async function main(): Promise<void> {
    const maker = new Constructor(environment, { image: given.bytes })
      .provide('clock', 'timer')
      .provideData('dictionary', toUtf8('words of the builder’s'))
      .seal();
    const { isConfined, discreet, data } = maker.certificate();
    await print(`confined: ${isConfined}`);
    for (const { name, reason } of [...discreet, ...data]) await print(`  ${name}: ${reason}`);
    const { process } = await maker.construct(
      'stranger',
      [{ name: 'console', cap: environment.capSet.cap('console') }],
      {
        arguments: ['stranger', 'the secret'],
      },
    );
    const { status } = await environment.client(process, ProcessHandle).wait();
    await print(`it ${status.which}`);
  }

  void main().then(
    () => environment.exit(0),
    (error: Error) => print(error.message).finally(() => environment.exit(1)),
  );
};
