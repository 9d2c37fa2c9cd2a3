// Runs in a browser's Worker: the engine conformance over OPFS, then what a life of the page leaves for the next.
import { engineConformance } from '../../src/conformance/index.ts';
import { opfsSegmentFiles } from '../../src/host-web/index.ts';
import { type Engine, StoreError, segmentEngine } from '../../src/index.ts';

interface Outcome {
  readonly passed: string[];
  readonly failed: string[];
}

const entropy = (target: Uint8Array): void => void crypto.getRandomValues(target as Uint8Array<ArrayBuffer>);
let count = 0;
const names = new WeakMap<Engine, string>();

async function open(name: string): Promise<Engine> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(name, { create: true });
  const files = await opfsSegmentFiles(directory as never, { spares: 8 });
  const engine = await segmentEngine(files, { entropy, segmentBytes: 512 * 1024 });
  names.set(engine, name);
  return engine;
}

async function run(life: string): Promise<Outcome> {
  const passed: string[] = [];
  const failed: string[] = [];
  const attempt = async (name: string, action: () => Promise<void>) => {
    try {
      await action();
      passed.push(name);
    } catch (error) {
      failed.push(`${name}: ${String(error)}`);
    }
  };
  if (life === 'first') {
    const harness = {
      create: () => open(`conformance-${count++}`),
      async reopen(engine: Engine) {
        await engine.close();
        return open(names.get(engine)!);
      },
    };
    for (const { name, run } of engineConformance(harness)) await attempt(name, run);
    await attempt('a second opener is refused', async () => {
      const engine = await open('locked');
      const refused = await open('locked').catch((error: unknown) => error);
      if (!(refused instanceof StoreError) || refused.code !== 'locked') throw new Error(`found ${String(refused)}`);
      await engine.close();
    });
    const engine = await open('kept');
    engine.commit([{ name: 'kept', id: engine.put(new Uint8Array(100_000).fill(7)) }]);
    await engine.sync(); // and never closed: the page goes away
  } else {
    await attempt('what was synced is there after the page went away', async () => {
      const engine = await open('kept');
      const content = engine.get(engine.resolve('kept')!);
      if (content?.length !== 100_000 || content.some((byte) => byte !== 7)) throw new Error('it is not');
      await engine.close();
    });
  }
  return { passed, failed };
}

addEventListener('message', (event: MessageEvent<string>) => {
  run(event.data).then(
    (outcome) => postMessage(outcome),
    (error) => postMessage({ passed: [], failed: [String(error)] }),
  );
});
