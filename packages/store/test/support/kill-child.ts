// A child that writes until it is killed. Prints one line for every batch that sync called durable.
import { openStoreDirectory } from '../../src/host-node/index.ts';

const [path = '', seed = '0'] = process.argv.slice(2);
const engine = await openStoreDirectory(path, { segmentBytes: 64 * 1024, bufferBytes: 16 * 1024 });
for (let batch = 0; ; batch++) {
  const lines: string[] = [];
  const size = (batch * 7919) % 9000;
  for (let i = 0; i < 1 + (batch % 5); i++) {
    const content = new Uint8Array(size).fill(batch + i);
    if (size >= 4) new DataView(content.buffer).setUint32(0, batch * 100 + i);
    const id = engine.put(content);
    const name = `${seed}/${batch % 50}/${i}`;
    engine.commit([{ name, id }]);
    lines.push(`${name} ${batch} ${Buffer.from(id).toString('hex')}`);
  }
  await engine.sync();
  process.stdout.write(`${lines.join('\n')}\nsynced ${batch}\n`);
}
