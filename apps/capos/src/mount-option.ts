// Where a program's directories come from, and where it sees them.
//
//   --mount GUEST=HOST[:ro]           a directory of the host
//   --tmpfs GUEST                     an empty directory in memory, gone with the program
//   --store-mount GUEST=NAMESPACE     files kept in the store (--store DIR), below that name
//   --union GUEST=LOWER[:LOWER…][,upper=DIR]
//                                     directories of the host laid over each other, the first on top; only upper is written to
//   --union GUEST=LOWER[:LOWER…],tmpfs
//                                     the same, and what is written is gone with the program

export interface Mount {
  /** Absolute path in the program's world, without a trailing slash but for `/` itself. */
  readonly guest: string;
  readonly host: string;
  readonly readOnly: boolean;
}

class MountOptionError extends Error {
  override readonly name = 'MountOptionError';
}

/**
 * Parses the value of `--mount`. A host path may hold `=` and `:`; only a final `:ro` or `:rw` is taken off.
 * @throws MountOptionError saying what is missing.
 */
export function parseMount(value: string): Mount {
  const equals = value.indexOf('=');
  if (equals < 1 || equals === value.length - 1) {
    throw new MountOptionError(`--mount ${value}: write it as GUEST=HOST or GUEST=HOST:ro, such as --mount /src=.:ro`);
  }
  const guest = parseGuestPath(value.slice(0, equals), `--mount ${value}`);
  const option = value.match(/:(ro|rw)$/);
  const host = option === null ? value.slice(equals + 1) : value.slice(equals + 1, -option[0].length);
  if (host === '') throw new MountOptionError(`--mount ${value}: the host path is empty`);
  return { guest, host, readOnly: option?.[1] === 'ro' };
}

/** An absolute path without `.`, `..` and a slash at its end. @throws MountOptionError saying what is wrong with it */
function parseGuestPath(path: string, option: string): string {
  if (!path.startsWith('/')) throw new MountOptionError(`${option}: the guest path must be absolute, such as /${path}`);
  if (path.split('/').some((part) => part === '..' || part === '.'))
    throw new MountOptionError(`${option}: the guest path must not contain . or ..`);
  return path.replace(/\/+$/, '') || '/';
}

/** The value of `--tmpfs`. @throws MountOptionError */
export function parseTmpfs(value: string): string {
  return parseGuestPath(value, `--tmpfs ${value}`);
}

export interface StoreMount {
  readonly guest: string;
  /** Below which name of the store's its files are kept. */
  readonly namespace: string;
}

/** The value of `--store-mount`. @throws MountOptionError */
export function parseStoreMount(value: string): StoreMount {
  const equals = value.indexOf('=');
  const namespace = value.slice(equals + 1);
  if (equals < 1 || !/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/.test(namespace)) {
    throw new MountOptionError(
      `--store-mount ${value}: write it as GUEST=NAMESPACE with a name such as work or team/work, for example --store-mount /data=work`,
    );
  }
  return { guest: parseGuestPath(value.slice(0, equals), `--store-mount ${value}`), namespace };
}

/** Where what is written to a union goes. */
export type UnionUpper = { readonly kind: 'host'; readonly path: string } | { readonly kind: 'tmpfs' };

export interface Union {
  readonly guest: string;
  /** Directories of the host that are only read, the topmost first. */
  readonly lower: readonly string[];
  /** Without it the union is read only. */
  readonly upper: UnionUpper | undefined;
}

/**
 * The value of `--union`, in the words of overlayfs and of container tools: layers by colons, the topmost first. A colon or comma
 * in a host path is written with a backslash before it.
 * @throws MountOptionError
 */
export function parseUnion(value: string): Union {
  const equals = value.indexOf('=');
  const refuse = (why: string): never => {
    throw new MountOptionError(
      `--union ${value}: ${why}; write it as GUEST=LOWER[:LOWER…][,upper=DIR] or with ,tmpfs, such as --union /=patch:root,upper=changes`,
    );
  };
  if (equals < 1) return refuse('it names no layers');
  const guest = parseGuestPath(value.slice(0, equals), `--union ${value}`);
  const [layers, ...options] = splitAt(value.slice(equals + 1), ',');
  const lower = splitAt(layers!, ':').map(unescaped);
  if (lower.some((path) => path === '')) return refuse('a layer has no path');
  let upper: UnionUpper | undefined;
  for (const option of options) {
    if (upper !== undefined) return refuse('it has two upper layers');
    if (option === 'tmpfs') upper = { kind: 'tmpfs' };
    else if (/^upper=./.test(option)) upper = { kind: 'host', path: unescaped(option.slice('upper='.length)) };
    else return refuse(`${option} is no option of it`);
  }
  return { guest, lower, upper };
}

/** Parts between separators that no backslash stands before. */
function splitAt(text: string, separator: string): string[] {
  return text
    .match(new RegExp(`(?:^|${separator})((?:\\\\.|[^${separator}\\\\])*)`, 'g'))!
    .map((part, index) => (index === 0 ? part : part.slice(1)));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
