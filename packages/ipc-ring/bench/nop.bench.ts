// A NOP through the ring in one thread: one at a time, and a queue full a time. In processor time of the process, so that what
// else this computer does is not measured. The rival does the same through the host's kernel, with a system call for each batch;
// ours crosses from one program to another in one process.
//
// Ours is measured in a process of its own, as the rival is, and beside it in this one, where the same code has served other
// programs before: V8 then has several handlers to choose from at each entry, which costs two or three nanoseconds.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { ioUringNop } from './io-uring-nop.ts';
import { warmLoops } from './nop-loop.ts';

area('ipc', async (suite) => {
  const { plain, shared } = warmLoops();
  const child = fileURLToPath(new URL('./nop-child.ts', import.meta.url));
  const alone = (batch: number) => Number(execFileSync(process.execPath, [child, String(batch)], { encoding: 'utf8' }));
  const native = ioUringNop();
  if (typeof native === 'string') suite.skip('nop-single and nop-batched beside io_uring', native);
  const rivals = (batch: number) => [
    ...(typeof native === 'string' ? [] : [{ name: 'io_uring NOP, native', run: () => native(batch) }]),
    { name: 'in a process that ran other rows', run: () => plain.run(batch) },
  ];
  await suite.compare({ name: 'nop-single', unit: 'ns', ours: () => alone(1), rival: rivals(1) });
  await suite.compare({ name: 'nop-batched', unit: 'ns', ours: () => alone(16), rival: rivals(16) });
  await suite.compare({ name: 'nop-single-shared', unit: 'ns', ours: () => shared.run(1) });
  await suite.compare({ name: 'nop-batched-shared', unit: 'ns', ours: () => shared.run(16) });
});
