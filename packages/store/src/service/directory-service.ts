// Directory and File as capability calls on a tree. Badges below FIRST_HANDLE_BADGE are the root; each opened file or
// directory is a badge of its own, and its handle is closed when nobody holds that facet any more.
//
//   openFile ─► handle ─► mint(badge) ─► the caller's File ─► … ─► last reference released ─► gone(badge) ─► close
import { Directory, Endpoint, File } from '@capos/abi';
import {
  type CallContext,
  type Cap,
  type Environment,
  facetService,
  type Implementation,
  type Service,
  serveFacets,
} from '@capos/runtime';
import { ERRNO } from '../directory/errno.ts';
import { NO_STAT, type OpenDirectory, type OpenFile, type Status } from '../directory/file-system.ts';
import { lend } from './namespace-service.ts';
import { MESSAGE_OVERHEAD_BYTES } from './service-buffers.ts';

const FIRST_HANDLE_BADGE: bigint = 1n << 48n;
const NOTHING = new Uint8Array();
/** A listing without a limit, and the most with one. */
const DEFAULT_ENTRIES = 100;
const MAX_ENTRIES = 1000;

export interface DirectoryServiceOptions {
  /** Bytes of one receive buffer; one write carries a little less, and so does what one read returns. */
  readonly bufferSize: number;
  readonly receives?: number;
  /** Files and directories that clients may hold open at one time, then EMFILE. Default 4,096. */
  readonly maxHandles?: number;
  readonly onError?: (error: unknown) => void;
}

/** Serves `root` and what is below it at `endpoint`. */
export function serveDirectory(
  environment: Environment,
  endpoint: Cap,
  root: OpenDirectory,
  options: DirectoryServiceOptions,
): Service {
  const { maxHandles = 4096, ...serving } = options;
  const mostAtOnce = options.bufferSize - MESSAGE_OVERHEAD_BYTES;
  const directories = new Map<bigint, OpenDirectory>();
  const files = new Map<bigint, OpenFile>();
  let nextBadge = FIRST_HANDLE_BADGE;

  const at = ({ badge }: { readonly badge: bigint }): OpenDirectory => directories.get(badge) ?? root;
  const file = ({ badge }: { readonly badge: bigint }): OpenFile => files.get(badge)!;
  const full = (): boolean => directories.size + files.size >= maxHandles;
  const close = (badge: bigint): void => {
    (files.get(badge) ?? directories.get(badge))?.close();
    files.delete(badge);
    directories.delete(badge);
  };

  /** Runs `action` on the target directory that came with a call; only one of this endpoint will do. */
  const withTarget = <R extends Status>(
    context: CallContext<R>,
    ordinal: number,
    action: (target: OpenDirectory) => R,
  ): ReturnType<CallContext<R>['later']> => {
    const cap = context.adopt(ordinal, Directory);
    const answer = (error: Error | null, mine: boolean, badge: bigint): void => {
      cap.release();
      if (error !== null) context.fail(error);
      else if (!mine) context.reply({ errno: ERRNO.EXDEV } as R);
      else context.reply(action(directories.get(badge) ?? root));
    };
    environment.callThen(
      endpoint,
      Endpoint.methods.identify,
      { client: 0 },
      (error, found) => answer(error, found?.mine ?? false, found?.badge ?? 0n),
      { transfers: [cap] },
    );
    return context.later();
  };

  const directoryHandlers: Implementation<typeof Directory> = {
    lookup: ({ name }, context) => at(context).lookup(name),
    openFile: ({ name, flags, mode }, context) => {
      if (full()) return { errno: ERRNO.EMFILE, file: -1, stat: NO_STAT };
      const { errno, file, stat } = at(context).openFile(name, flags, mode);
      if (file === undefined) return { errno, file: -1, stat };
      const badge = nextBadge++;
      files.set(badge, file);
      return lend(
        environment,
        endpoint,
        badge,
        File.id,
        context,
        (ordinal) => ({ errno: 0, file: ordinal, stat }),
        () => close(badge),
      );
    },
    openDirectory: ({ name }, context) => {
      if (full()) return { errno: ERRNO.EMFILE, directory: -1, stat: NO_STAT };
      const { errno, directory, stat } = at(context).openDirectory(name);
      if (directory === undefined) return { errno, directory: -1, stat };
      const badge = nextBadge++;
      directories.set(badge, directory);
      return lend(
        environment,
        endpoint,
        badge,
        Directory.id,
        context,
        (ordinal) => ({ errno: 0, directory: ordinal, stat }),
        () => close(badge),
      );
    },
    list: ({ cookie, limit }, context) => {
      const wanted = limit === 0 ? DEFAULT_ENTRIES : Math.min(limit, MAX_ENTRIES);
      const { errno, entries, next, end } = at(context).list(Number(cookie), wanted);
      return { errno, entries, next: BigInt(next), end };
    },
    makeDirectory: ({ name, mode }, context) => at(context).makeDirectory(name, mode),
    remove: ({ name, directory }, context) => at(context).remove(name, directory),
    rename: ({ name, target, targetName, flags }, context) => {
      const from = at(context);
      const [source, wanted] = [name.slice(), targetName.slice()];
      return withTarget(context, target, (to) => from.rename(source, to, wanted, flags));
    },
    link: ({ name, target, targetName }, context) => {
      const from = at(context);
      const [source, wanted] = [name.slice(), targetName.slice()];
      return withTarget(context, target, (to) => from.link(source, to, wanted));
    },
    symlink: ({ name, path }, context) => at(context).symlink(name, path.slice()),
    readLink: ({ name }, context) => at(context).readLink(name),
    stat: (_params, context) => at(context).stat(),
    setAttributes: ({ name, attributes }, context) => at(context).setAttributes(name, attributes),
    statFileSystem: (_params, context) => at(context).statFileSystem(),
    sync: (_params, context) => at(context).sync(),
  };

  const fileHandlers: Implementation<typeof File> = {
    read: ({ offset, length }, context) => {
      const open = file(context);
      const from = Number(offset);
      if (!Number.isSafeInteger(from)) return { errno: ERRNO.EINVAL, data: NOTHING };
      const count = Math.min(length, mostAtOnce);
      return ready(
        open,
        from,
        count,
        () => open.read(from, count),
        (errno) => ({ errno, data: NOTHING }),
      );
    },
    write: ({ offset, data, append }, context) => {
      const open = file(context);
      const to = Number(offset);
      if (!append && !Number.isSafeInteger(to + data.length)) return { errno: ERRNO.EFBIG, count: 0, offset };
      let bytes = data;
      const write = () => {
        const written = open.write(append ? 0 : to, bytes, append);
        return { errno: written.errno, count: written.count, offset: BigInt(written.offset) };
      };
      const failed = (errno: number) => ({ errno, count: 0, offset });
      return ready(open, append ? -1 : to, data.length, write, failed, () => {
        bytes = data.slice();
      });
    },
    stat: (_params, context) => file(context).stat(),
    truncate: ({ size }, context) => {
      const open = file(context);
      const to = Number(size);
      if (!Number.isSafeInteger(to)) return { errno: ERRNO.EFBIG };
      return ready(
        open,
        to,
        1,
        () => open.truncate(to),
        (errno) => ({ errno }),
      );
    },
    sync: ({ dataOnly }, context) => file(context).sync(dataOnly),
    setAttributes: ({ attributes }, context) => file(context).setAttributes(attributes),
  };

  const directoryService = facetService(Directory, directoryHandlers);
  const fileService = facetService(File, fileHandlers);
  return serveFacets(
    environment,
    endpoint,
    (badge) => {
      if (files.has(badge)) return fileService;
      return badge < FIRST_HANDLE_BADGE || directories.has(badge) ? directoryService : undefined;
    },
    // A write's bytes go from the receive buffer to the file.
    { ...serving, gone: close, reuse: true, lendsData: true },
  );
}

/** `action`, once what it needs is in memory: at once where it is, else later. `keep` runs before it waits. */
function ready<R>(
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
    () => ready(file, offset, length, action, failed),
    () => failed(ERRNO.EIO),
  );
}
