// File as capability calls on an open file.
import { File } from '@capos/abi';
import { type FacetService, facetService } from '@capos/runtime';
import { ERRNO } from '../directory/errno.ts';
import type { OpenFile } from '../directory/file-system.ts';

const NOTHING = new Uint8Array();

/**
 * @param fileOf the file behind a badge
 * @param mostAtOnce bytes that one read returns at the most
 */
export function fileService(fileOf: (badge: bigint) => OpenFile, mostAtOnce: number): FacetService {
  return facetService(File, {
    read: ({ offset, length }, { badge }) => {
      const file = fileOf(badge);
      const from = Number(offset);
      const failed = (errno: number) => ({ errno, data: NOTHING });
      if (!Number.isSafeInteger(from)) return failed(ERRNO.EINVAL);
      const count = Math.min(length, mostAtOnce);
      return whenReady(file, from, count, () => file.read(from, count), failed);
    },
    write: ({ offset, data, append }, { badge }) => {
      const file = fileOf(badge);
      const to = Number(offset);
      const failed = (errno: number) => ({ errno, count: 0, offset });
      if (!append && !Number.isSafeInteger(to + data.length)) return failed(ERRNO.EFBIG);
      let bytes = data;
      const write = () => {
        const written = file.write(append ? 0 : to, bytes, append);
        return { errno: written.errno, count: written.count, offset: BigInt(written.offset) };
      };
      return whenReady(file, append ? -1 : to, data.length, write, failed, () => {
        bytes = data.slice();
      });
    },
    stat: (_params, { badge }) => fileOf(badge).stat(),
    truncate: ({ size }, { badge }) => {
      const file = fileOf(badge);
      const to = Number(size);
      const failed = (errno: number) => ({ errno });
      if (!Number.isSafeInteger(to)) return failed(ERRNO.EFBIG);
      return whenReady(file, to, 1, () => file.truncate(to), failed);
    },
    sync: ({ dataOnly }, { badge }) => fileOf(badge).sync(dataOnly),
    setAttributes: ({ attributes }, { badge }) => fileOf(badge).setAttributes(attributes),
  });
}

/** `action`, once what it needs is in memory: at once where it is, else later. `keep` runs before it waits. */
function whenReady<R>(
  file: OpenFile,
  offset: number,
  length: number,
  action: () => R,
  failed: (errno: number) => R,
  keep: () => void = () => {},
): R | Promise<R> {
  const waiting = file.prepare?.(offset, length);
  if (waiting === undefined) return action();
  keep();
  return waiting.then(
    () => whenReady(file, offset, length, action, failed),
    () => failed(ERRNO.EIO),
  );
}
