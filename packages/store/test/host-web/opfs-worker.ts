// Runs in a browser's Worker: the conformance of engine and directory over OPFS, then what a life of the page leaves for the next.
import { directoryConformance, engineConformance } from '../../src/conformance/index.ts';
import { type KeptDirectory, openOpfsDirectory, opfsSegmentFiles } from '../../src/host-web/index.ts';
import { type Engine, OPEN_CREATE, OPEN_READ, OPEN_WRITE, StoreError, segmentEngine } from '../../src/index.ts';

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

async function openDirectory(name: string): Promise<KeptDirectory> {
  const root = await navigator.storage.getDirectory();
  const files = await root.getDirectoryHandle(name, { create: true });
  const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
  return openOpfsDirectory(files as never, { entropy, wallClock, spares: 8, segmentBytes: 4 * 1024 * 1024 });
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

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
    for (const { name, run } of directoryConformance({
      create: async () => (await openDirectory(`directory-${count++}`)).root,
    }))
      await attempt(`directory: ${name}`, run);
    const { root } = await openDirectory('kept-directory');
    root.makeDirectory(bytes('d'), 0o750);
    const inner = root.openDirectory(bytes('d')).directory!;
    const file = inner.openFile(bytes('f'), OPEN_READ | OPEN_WRITE | OPEN_CREATE, 0o640).file!;
    file.write(0, new Uint8Array(300_000).fill(9), false);
    inner.symlink(bytes('l'), bytes('f'));
    await file.sync(false); // and never closed either
    file.write(0, Uint8Array.of(1, 2, 3), false);
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
    await attempt('a directory is as it was at its last sync', async () => {
      const { root, close } = await openDirectory('kept-directory');
      const inner = root.openDirectory(bytes('d')).directory!;
      const { file, stat } = inner.openFile(bytes('f'), OPEN_READ, 0);
      await file!.prepare?.(0, 300_000);
      const { data } = file!.read(0, 400_000);
      if (stat.mode !== 0o640 || data.length !== 300_000 || data.some((byte) => byte !== 9))
        throw new Error(`found ${data.length} bytes, mode ${stat.mode}`);
      if (String.fromCharCode(...inner.readLink(bytes('l')).path) !== 'f') throw new Error('the link is lost');
      await close();
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
