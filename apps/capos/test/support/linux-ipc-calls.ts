// C programs about System V semaphores, message queues and shared memory, the same on every right system.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

export const LINUX_IPC_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'System V semaphores wait, are undone at the end of a process, and tell of their removal',
    source: `
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
union semun { int val; struct semid_ds *buf; unsigned short *array; };
static int op(int id, int number, int change, int flags) { struct sembuf one = { number, change, flags }; return semop(id, &one, 1) < 0 ? -errno : 0; }
static void on_signal(int signal) {}
int main(void) {
  int id = semget(IPC_PRIVATE, 3, 0600 | IPC_CREAT);
  unsigned short all[3] = { 1, 0, 5 };
  union semun argument = { .array = all };
  printf("setall %d\\n", semctl(id, 0, SETALL, argument));
  printf("get %d %d %d\\n", semctl(id, 0, GETVAL), semctl(id, 1, GETVAL), semctl(id, 2, GETVAL));
  printf("nowait %d\\n", op(id, 1, -1, IPC_NOWAIT) == -EAGAIN);
  printf("beyond %d, none %d, too large %d\\n", op(id, 3, 1, 0) == -EFBIG, semop(id, 0, 0) < 0 ? errno == EINVAL : 0, op(id, 0, 32767, 0) == -ERANGE);
  struct sembuf together[2] = { { 0, -1, IPC_NOWAIT }, { 1, -1, IPC_NOWAIT } };
  printf("all or nothing %d %d\\n", semop(id, together, 2), semctl(id, 0, GETVAL));
  struct timespec soon = { 0, 20000000 };
  struct sembuf wait1 = { 1, -1, 0 };
  printf("timeout %d\\n", semtimedop(id, &wait1, 1, &soon) < 0 ? errno == EAGAIN : 0);
  pid_t child = fork();
  if (child == 0) { op(id, 2, -4, SEM_UNDO); op(id, 1, 1, 0); printf("child has %d\\n", semctl(id, 2, GETVAL)); fflush(stdout); _exit(0); }
  printf("woken %d\\n", op(id, 1, -1, 0));
  waitpid(child, 0, 0);
  printf("undone %d, by the child %d\\n", semctl(id, 2, GETVAL), semctl(id, 2, GETPID) == child);
  child = fork();
  if (child == 0) _exit(op(id, 1, -1, 0) == -EIDRM ? 7 : op(id, 2, 0, IPC_NOWAIT) == 0);
  while (semctl(id, 1, GETNCNT) == 0) usleep(1000);
  printf("waits %d, for zero %d\\n", semctl(id, 1, GETNCNT), semctl(id, 1, GETZCNT));
  struct semid_ds status;
  argument.buf = &status;
  semctl(id, 0, IPC_STAT, argument);
  printf("%lu, %o, key %d, time %d\\n", status.sem_nsems, status.sem_perm.mode, status.sem_perm.__ipc_perm_key, status.sem_otime > 1000000000);
  printf("removed %d\\n", semctl(id, 0, IPC_RMID));
  int how;
  waitpid(child, &how, 0);
  printf("told %d, gone %d\\n", WEXITSTATUS(how), semctl(id, 0, GETVAL) < 0 ? errno == EINVAL : 0);
  key_t key = 0x20000000 | getpid();
  id = semget(key, 2, 0600 | IPC_CREAT | IPC_EXCL);
  printf("by key %d, again %d, exclusive %d, larger %d\\n", id >= 0, semget(key, 0, 0) == id, semget(key, 1, IPC_CREAT | IPC_EXCL) < 0 ? errno == EEXIST : 0, semget(key, 3, 0) < 0 ? errno == EINVAL : 0);
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  sigaction(SIGALRM, &action, 0);
  alarm(1);
  printf("interrupted %d\\n", op(id, 0, -1, 0) == -EINTR);
  semctl(id, 0, IPC_RMID);
  printf("no such key %d\\n", semget(key, 1, 0) < 0 ? errno == ENOENT : 0);
  return 0;
}`,
  },
  {
    name: 'System V message queues are taken by type, block, and report themselves',
    source: `
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>
struct message { long type; char text[9000]; };
static struct message m;
static int id;
static int put(long type, const char *text, int flags) { m.type = type; strcpy(m.text, text); return msgsnd(id, &m, strlen(text) + 1, flags) < 0 ? -errno : 0; }
static void get(long wanted, int flags, size_t room) {
  memset(&m, 0, sizeof m);
  ssize_t got = msgrcv(id, &m, room, wanted, flags);
  if (got < 0) printf("%ld: %s\\n", wanted, strerror(errno)); else printf("%ld: %zd, type %ld, %.20s\\n", wanted, got, m.type, m.text);
}
int main(void) {
  id = msgget(IPC_PRIVATE, 0600);
  for (int i = 0; i < 6; i++) { char text[20]; sprintf(text, "message %d", i); put(1 + i * 5 % 6, text, 0); }
  get(0, 0, 100);
  get(3, IPC_NOWAIT, 100);
  get(3, IPC_NOWAIT, 100);
  get(-4, 0, 100);
  get(5, MSG_EXCEPT, 100);
  get(0, 0, 3);
  get(0, MSG_NOERROR, 3);
  struct msqid_ds status;
  msgctl(id, IPC_STAT, &status);
  printf("%lu messages, %lu of %lu bytes, sender %d\\n", status.msg_qnum, status.msg_cbytes, status.msg_qbytes, status.msg_lspid == getpid());
  printf("type 0 %d, too large %d\\n", put(0, "x", 0) == -EINVAL, (m.type = 1, msgsnd(id, &m, 8193, 0)) < 0 ? errno == EINVAL : 0);
  int sent = 0;
  m.type = 9;
  while (msgsnd(id, &m, 4000, IPC_NOWAIT) == 0) sent++;
  printf("full after %d: %d\\n", sent, errno == EAGAIN);
  pid_t child = fork();
  if (child == 0) { m.type = 8; _exit(msgsnd(id, &m, 4000, 0) == 0 ? 5 : 6); }
  usleep(20000);
  printf("%zd\\n", msgrcv(id, &m, 8192, 9, 0));
  int how;
  waitpid(child, &how, 0);
  printf("it got in: %d\\n", WEXITSTATUS(how));
  child = fork();
  if (child == 0) _exit(msgrcv(id, &m, 8192, 77, 0) < 0 && errno == EIDRM ? 5 : 6);
  usleep(50000);
  printf("removed %d\\n", msgctl(id, IPC_RMID, 0));
  waitpid(child, &how, 0);
  printf("%d, %d\\n", WEXITSTATUS(how), msgsnd(id, &m, 1, 0) < 0 ? errno == EINVAL || errno == EIDRM : 0);
  return 0;
}`,
  },
  {
    name: 'System V shared memory is seen by all who attach it, and goes with the last',
    source: `
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>
static sigjmp_buf back;
static void fault(int signal) { siglongjmp(back, 1); }
static long attached(int id) { struct shmid_ds status; return shmctl(id, IPC_STAT, &status) < 0 ? -errno : (long)status.shm_nattch; }
int main(void) {
  key_t key = 0x30000000 | getpid();
  int id = shmget(key, 10000, 0640 | IPC_CREAT);
  printf("made %d, found %d, larger %d, nothing %d\\n", id >= 0, shmget(key, 5000, 0) == id, shmget(key, 20000, 0) < 0 ? errno == EINVAL : 0, shmget(IPC_PRIVATE, 0, 0600) < 0 ? errno == EINVAL : 0);
  char *one = shmat(id, 0, 0), *two = shmat(id, 0, SHM_RDONLY);
  printf("attached twice %ld, apart %d, zero %d\\n", attached(id), one != two, one[9999]);
  strcpy(one + 4090, "across a page");
  printf("%s\\n", two + 4090);
  signal(SIGSEGV, fault);
  if (sigsetjmp(back, 1) == 0) { two[0] = 1; puts("written"); } else puts("read only");
  pid_t child = fork();
  if (child == 0) {
    printf("the child has %ld\\n", attached(id));
    strcpy(one, "from the child");
    printf("detached %d, again %d\\n", shmdt(two), shmdt(two) < 0 ? errno == EINVAL : 0);
    printf("now %ld\\n", attached(id));
    fflush(stdout);
    _exit(0);
  }
  waitpid(child, 0, 0);
  printf("%s, %ld\\n", two, attached(id));
  char *fixed = shmat(id, one + 0x10001, SHM_RND);
  printf("rounded %ld %s\\n", (long)(fixed - one), fixed);
  printf("taken %d\\n", shmat(id, one, 0) == (void *)-1 ? errno == EINVAL : 0);
  struct shmid_ds status;
  shmctl(id, IPC_STAT, &status);
  printf("size %zu mode %o creator %d last %d\\n", status.shm_segsz, status.shm_perm.mode & 0777, status.shm_cpid == getpid(), status.shm_lpid == getpid());
  printf("removed %d, key %d, goes on %s\\n", shmctl(id, IPC_RMID, 0), shmget(key, 0, 0) < 0 ? errno == ENOENT : 0, one);
  shmctl(id, IPC_STAT, &status);
  printf("condemned %d\\n", (status.shm_perm.mode & 01000) != 0);
  shmdt(one); shmdt(two); shmdt(fixed);
  printf("gone %d\\n", attached(id) == -EINVAL || attached(id) == -EIDRM);
  return 0;
}`,
  },
];
