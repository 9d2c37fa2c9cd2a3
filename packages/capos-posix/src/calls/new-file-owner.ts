// Whose a new file is: of whoever made it, in the group of a directory that has S_ISGID (inode(7), "The set-group-ID bit").
//
// Servers make files of uid and gid 0, or of the host's own user; a file that is to be another's is given away at once.

import type { Call } from '../call.ts';
import type { DirectoryNode } from '../files/directory-node.ts';
import type { FileStatus } from '../files/file-status.ts';
import { effective } from '../files/permission.ts';
import { MODE } from '../linux/file-flags.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { type Blocking, settle } from '../waiting.ts';

const SET_GROUP_ID = 0o2000;
const GROUP_EXECUTE = 0o010;

/** Gives what was just made below `parent` to who made it, as far as the server can; answers its status. */
export function* ownNew(call: Call, parent: DirectoryNode, made: FileStatus, name: string): Blocking<FileStatus> {
  const { identity } = call.process;
  const { uid, gid, groups } = effective(identity);
  const above = yield* settle(parent.backend.status());
  const inherits = typeof above !== 'number' && (above.mode & SET_GROUP_ID) !== 0;
  // uid 0's files are whose the server says: it may be that the host's user is told.
  if (uid === 0 && gid === 0 && !inherits) return made;
  const group = inherits ? above.gid : gid;
  const owner = { uid: uid === 0 ? made.uid : uid, gid: group };
  const isOutsider = !has(identity, PRIVILEGE.FSETID) && group !== gid && !groups.includes(group);
  const { mode } = made;
  const isDirectory = (mode & MODE.TYPE) === MODE.DIRECTORY;
  const drops = !isDirectory && isOutsider && (mode & GROUP_EXECUTE) !== 0;
  const bits = (mode & 0o7777 & ~(drops ? SET_GROUP_ID : 0)) | (inherits && isDirectory ? SET_GROUP_ID : 0);
  const isLink = (mode & MODE.TYPE) === MODE.SYMLINK;
  const changed = owner.uid !== made.uid || owner.gid !== made.gid;
  if (changed && (yield* settle(parent.backend.setAttributes(name, { owner }))) < 0) return made;
  // Changing the owner may have taken bits away.
  const given = changed ? { ...made, ...owner } : made;
  if (isLink || bits === (mode & 0o7777)) return given;
  const set = yield* settle(parent.backend.setAttributes(name, { mode: bits }));
  return set < 0 ? given : { ...given, mode: (mode & MODE.TYPE) | bits };
}

/** The same for what was made without being opened. */
export function* ownMade(call: Call, parent: DirectoryNode, name: string): Blocking<number> {
  const { uid, gid } = effective(call.process.identity);
  const above = uid === 0 && gid === 0 ? yield* settle(parent.backend.status()) : undefined;
  if (above !== undefined && (typeof above === 'number' || (above.mode & SET_GROUP_ID) === 0)) return 0;
  const made = yield* settle(parent.backend.lookup(name));
  if (typeof made !== 'number') yield* ownNew(call, parent, made, name);
  return 0;
}
