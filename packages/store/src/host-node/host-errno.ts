// What the host refused, as a Linux error number: by number on Linux, by name elsewhere.
import { ERRNO } from '../directory/errno.ts';

export function errnoOf(error: unknown): number {
  const { code, errno } = error as { readonly code?: string; readonly errno?: number };
  if (process.platform === 'linux' && typeof errno === 'number' && errno < 0) return -errno;
  if (code === 'ENOTSUP') return ERRNO.EOPNOTSUPP;
  return (code !== undefined && (ERRNO as Readonly<Record<string, number>>)[code]) || ERRNO.EIO;
}
