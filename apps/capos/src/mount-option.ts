// `--mount GUEST=HOST[:ro]`: a host directory that the program may see, and where.

export interface Mount {
  /** Absolute path in the program's world, without a trailing slash but for `/` itself. */
  readonly guest: string;
  readonly host: string;
  readonly readOnly: boolean;
}

export class MountOptionError extends Error {
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
  const guest = value.slice(0, equals);
  if (!guest.startsWith('/')) {
    throw new MountOptionError(`--mount ${value}: the guest path must be absolute, such as /${guest}`);
  }
  if (guest.split('/').some((part) => part === '..' || part === '.')) {
    throw new MountOptionError(`--mount ${value}: the guest path must not contain . or ..`);
  }
  const option = value.match(/:(ro|rw)$/);
  const host = option === null ? value.slice(equals + 1) : value.slice(equals + 1, -option[0].length);
  if (host === '') throw new MountOptionError(`--mount ${value}: the host path is empty`);
  return { guest: guest.replace(/\/+$/, '') || '/', host, readOnly: option?.[1] === 'ro' };
}
