// Directory and File as capability calls on a tree. Badges that were minted elsewhere are the root; each opened file or directory is
// lent with a badge of its own.
import { Directory, Endpoint, File } from '@capos/abi';
import {
  type CallContext,
  type Cap,
  type Environment,
  type FacetService,
  FIRST_LENT_BADGE,
  facetService,
  type Later,
  LentObjects,
  type Service,
  serveFacets,
} from '@capos/runtime';
import { ERRNO } from '../directory/errno.ts';
import { NO_STAT, type OpenDirectory, type Status } from '../directory/file-system.ts';
import { fileService } from './file-service.ts';
import { closeHandle, type OpenHandles } from './open-handles.ts';
import { MESSAGE_OVERHEAD_BYTES } from './service-buffers.ts';

/** A listing without a limit, and the most with one. */
const DEFAULT_ENTRIES = 100;
const MAX_ENTRIES = 1000;
/** Names that one `resolve` looks up. */
const MAX_NAMES = 32;
const SLASH = 0x2f;

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
  const handles: OpenHandles = new LentObjects(environment, endpoint, maxHandles, closeHandle);
  const directories = directoryService(environment, endpoint, root, handles);
  const files = fileService((badge) => handles.get(badge)!.file!, options.bufferSize - MESSAGE_OVERHEAD_BYTES);
  return serveFacets(
    environment,
    endpoint,
    (badge) => {
      const handle = handles.get(badge);
      if (handle?.file) return files;
      return badge < FIRST_LENT_BADGE || handle ? directories : undefined;
    },
    // A write's bytes go from the receive buffer to the file.
    { ...serving, gone: (badge) => handles.gone(badge), reuse: true, lendsData: true },
  );
}

function directoryService(
  environment: Environment,
  endpoint: Cap,
  root: OpenDirectory,
  handles: OpenHandles,
): FacetService {
  const directoryOf = (badge: bigint): OpenDirectory => handles.get(badge)?.directory ?? root;

  /** Runs `action` on the target directory that came with a call; only one of this endpoint will do. */
  const withTarget = <R extends Status>(
    context: CallContext<R>,
    ordinal: number,
    action: (target: OpenDirectory) => R,
  ): Later => {
    const cap = context.adopt(ordinal, Directory);
    environment.callThen(
      endpoint,
      Endpoint.methods.identify,
      { client: 0 },
      (error, found) => {
        cap.release();
        if (error !== null) context.fail(error);
        else if (!found!.mine) context.reply({ errno: ERRNO.EXDEV } as R);
        else context.reply(action(directoryOf(found!.badge)));
      },
      { transfers: [cap] },
    );
    return context.later();
  };

  return facetService(Directory, {
    lookup: ({ name }, { badge }) => directoryOf(badge).lookup(name),
    resolve: ({ path }, { badge }) => directoryOf(badge).resolve(namesOf(path)),
    openFile: ({ name, flags, mode }, context) => {
      if (handles.isFull) return { errno: ERRNO.EMFILE, file: -1, stat: NO_STAT };
      const { errno, file, stat } = directoryOf(context.badge).openFile(name, flags, mode);
      if (file === undefined) return { errno, file: -1, stat };
      return handles.lend(
        context,
        File.id,
        () => ({ file }),
        (ordinal) => ({ errno: 0, file: ordinal, stat }),
      );
    },
    openDirectory: ({ name }, context) => {
      if (handles.isFull) return { errno: ERRNO.EMFILE, directory: -1, stat: NO_STAT };
      const { errno, directory, stat } = directoryOf(context.badge).openDirectory(name);
      if (directory === undefined) return { errno, directory: -1, stat };
      return handles.lend(
        context,
        Directory.id,
        () => ({ directory }),
        (ordinal) => ({ errno: 0, directory: ordinal, stat }),
      );
    },
    list: ({ cookie, limit }, { badge }) => {
      const wanted = limit === 0 ? DEFAULT_ENTRIES : Math.min(limit, MAX_ENTRIES);
      const { errno, entries, next, end } = directoryOf(badge).list(Number(cookie), wanted);
      return { errno, entries, next: BigInt(next), end };
    },
    makeDirectory: ({ name, mode }, { badge }) => directoryOf(badge).makeDirectory(name, mode),
    remove: ({ name, directory }, { badge }) => directoryOf(badge).remove(name, directory),
    rename: ({ name, target, targetName, flags }, context) => {
      const from = directoryOf(context.badge);
      const [source, wanted] = [name.slice(), targetName.slice()];
      return withTarget(context, target, (to) => from.rename(source, to, wanted, flags));
    },
    link: ({ name, target, targetName }, context) => {
      const from = directoryOf(context.badge);
      const [source, wanted] = [name.slice(), targetName.slice()];
      return withTarget(context, target, (to) => from.link(source, to, wanted));
    },
    symlink: ({ name, path }, { badge }) => directoryOf(badge).symlink(name, path.slice()),
    readLink: ({ name }, { badge }) => directoryOf(badge).readLink(name),
    stat: (_params, { badge }) => directoryOf(badge).stat(),
    setAttributes: ({ name, attributes }, { badge }) => directoryOf(badge).setAttributes(name, attributes),
    statFileSystem: (_params, { badge }) => directoryOf(badge).statFileSystem(),
    sync: (_params, { badge }) => directoryOf(badge).sync(),
  });
}

/** The names that a path is made of, as many as are looked up at once. */
function namesOf(path: Uint8Array): Uint8Array[] {
  const names: Uint8Array[] = [];
  for (let start = 0; start <= path.length && names.length < MAX_NAMES; ) {
    const slash = path.indexOf(SLASH, start);
    const end = slash < 0 ? path.length : slash;
    names.push(path.subarray(start, end));
    start = end + 1;
  }
  return names;
}
