// Calls that are always refused, each with the errno a program is prepared for and the reason.

import type { CallRow } from '../call-row.ts';
import type { ErrnoName } from '../linux/errno.ts';

interface Refusal {
  readonly support: 'refused';
  readonly errno: ErrnoName;
  readonly note: string;
  readonly arguments: readonly ['hex', 'hex', 'hex', 'hex', 'hex', 'hex'];
}

/** A refusal; what the arguments mean is not looked at, so the trace shows them as numbers. */
function refuse(errno: ErrnoName, note: string): Refusal {
  return { support: 'refused', errno, note, arguments: ['hex', 'hex', 'hex', 'hex', 'hex', 'hex'] };
}

const PRIVILEGED = refuse('EPERM', 'Would change the machine: nobody here is privileged.');
const OTHERS = refuse('EPERM', 'Reaches into other processes.');
const REMOVED = refuse('ENOSYS', 'Linux has removed it, or never had it.');
const KEYS = refuse('ENOSYS', 'The kernel’s key ring is ambient authority.');
const RINGS = refuse('ENOSYS', 'As of a kernel built without rings: programs fall back to threads or epoll.');
const NUMA = refuse('ENOSYS', 'There is one memory node.');
const SECURITY = refuse('ENOSYS', 'A program is confined by what it holds; it can’t confine itself further.');
const PKEY = refuse('ENOSYS', 'The processor offers no protection keys.');
const HANDLES = refuse('EOPNOTSUPP', 'No file system here has handles.');
const NEWER = refuse('ENOSYS', 'Newer form of a call that is offered; libraries fall back.');
const RESTART = refuse('EINTR', 'Calls are restarted by their number, never through this one.');

export const refusedCalls = {
  vhangup: PRIVILEGED,
  pivot_root: PRIVILEGED,
  acct: PRIVILEGED,
  swapon: PRIVILEGED,
  swapoff: PRIVILEGED,
  reboot: PRIVILEGED,
  sethostname: PRIVILEGED,
  setdomainname: PRIVILEGED,
  iopl: PRIVILEGED,
  ioperm: PRIVILEGED,
  init_module: PRIVILEGED,
  delete_module: PRIVILEGED,
  finit_module: PRIVILEGED,
  kexec_load: PRIVILEGED,
  kexec_file_load: PRIVILEGED,
  quotactl: PRIVILEGED,
  quotactl_fd: PRIVILEGED,
  open_by_handle_at: PRIVILEGED,
  fanotify_init: PRIVILEGED,
  fanotify_mark: PRIVILEGED,
  bpf: PRIVILEGED,
  perf_event_open: PRIVILEGED,
  lookup_dcookie: PRIVILEGED,
  open_tree: PRIVILEGED,
  move_mount: PRIVILEGED,
  fsopen: PRIVILEGED,
  fsconfig: PRIVILEGED,
  fsmount: PRIVILEGED,
  fspick: PRIVILEGED,
  mount_setattr: PRIVILEGED,
  open_tree_attr: PRIVILEGED,
  setns: PRIVILEGED,
  userfaultfd: PRIVILEGED,
  name_to_handle_at: HANDLES,
  ptrace: OTHERS,
  process_mrelease: OTHERS,
  migrate_pages: OTHERS,
  move_pages: OTHERS,
  uselib: REMOVED,
  ustat: REMOVED,
  sysfs: REMOVED,
  _sysctl: REMOVED,
  create_module: REMOVED,
  get_kernel_syms: REMOVED,
  query_module: REMOVED,
  nfsservctl: REMOVED,
  getpmsg: REMOVED,
  putpmsg: REMOVED,
  afs_syscall: REMOVED,
  tuxcall: REMOVED,
  security: REMOVED,
  set_thread_area: REMOVED,
  get_thread_area: REMOVED,
  epoll_ctl_old: REMOVED,
  epoll_wait_old: REMOVED,
  vserver: REMOVED,
  remap_file_pages: REMOVED,
  modify_ldt: REMOVED,
  add_key: KEYS,
  request_key: KEYS,
  keyctl: KEYS,
  io_uring_setup: RINGS,
  io_uring_enter: RINGS,
  io_uring_register: RINGS,
  mbind: NUMA,
  set_mempolicy: NUMA,
  get_mempolicy: NUMA,
  set_mempolicy_home_node: NUMA,
  landlock_create_ruleset: SECURITY,
  landlock_add_rule: SECURITY,
  landlock_restrict_self: SECURITY,
  lsm_get_self_attr: SECURITY,
  lsm_set_self_attr: SECURITY,
  lsm_list_modules: SECURITY,
  memfd_secret: SECURITY,
  mseal: SECURITY,
  pkey_free: refuse('EINVAL', 'The processor offers no protection keys.'),
  map_shadow_stack: PKEY,
  futex_waitv: NEWER,
  futex_wake: NEWER,
  futex_wait: NEWER,
  futex_requeue: NEWER,
  cachestat: NEWER,
  statmount: NEWER,
  listmount: NEWER,
  setxattrat: NEWER,
  getxattrat: NEWER,
  listxattrat: NEWER,
  removexattrat: NEWER,
  file_getattr: NEWER,
  file_setattr: NEWER,
  restart_syscall: RESTART,
} as const satisfies Record<string, CallRow>;
