// Linux's privileges: sets, what setuid and its like make of them, what execve does, and what they decide.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// As linux/capability.h and linux/securebits.h have them, which not every C library comes with.
enum { CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_NET_BIND_SERVICE = 10, CAP_SYS_CHROOT = 18, CAP_MKNOD = 27 };
#define _LINUX_CAPABILITY_VERSION_3 0x20080522
struct __user_cap_header_struct { uint32_t version; int pid; };
struct __user_cap_data_struct { uint32_t effective, permitted, inheritable; };
enum { SECBIT_NOROOT = 1, SECBIT_NOROOT_LOCKED = 2, SECBIT_NO_SETUID_FIXUP = 4, SECBIT_KEEP_CAPS_LOCKED = 0x20 };

#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#define PR_CAP_AMBIENT_IS_SET 1
#define PR_CAP_AMBIENT_RAISE 2
#define PR_CAP_AMBIENT_LOWER 3
#define PR_CAP_AMBIENT_CLEAR_ALL 4
#endif

#define BIT(c) (1ull << (c))
// What containers leave to their root too.
#define COMMON (BIT(CAP_CHOWN) | BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER) | BIT(CAP_FSETID) | BIT(CAP_KILL) | BIT(CAP_SETGID) | BIT(CAP_SETUID) | BIT(CAP_SETPCAP) | BIT(CAP_NET_BIND_SERVICE) | BIT(CAP_SYS_CHROOT) | BIT(CAP_MKNOD))

static void say(const char *what, long result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %ld\n", what, result);
	fflush(stdout);
}

static int get(uint64_t sets[3]) {
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];
	int result = syscall(SYS_capget, &header, data);
	sets[0] = data[0].effective | (uint64_t)data[1].effective << 32;
	sets[1] = data[0].permitted | (uint64_t)data[1].permitted << 32;
	sets[2] = data[0].inheritable | (uint64_t)data[1].inheritable << 32;
	return result;
}

static int set(uint64_t effective, uint64_t permitted, uint64_t inheritable) {
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {
		{effective, permitted, inheritable}, {effective >> 32, permitted >> 32, inheritable >> 32}};
	return syscall(SYS_capset, &header, data);
}

static void show(const char *what) {
	uint64_t sets[3];
	get(sets);
	uid_t r, e, s;
	gid_t rg, eg, sg;
	getresuid(&r, &e, &s);
	getresgid(&rg, &eg, &sg);
	printf("%s: users %u %u %u groups %u %u %u effective %llx permitted %llx inheritable %llx dumpable %d\n", what, r, e, s, rg, eg, sg,
		(unsigned long long)(sets[0] & COMMON), (unsigned long long)(sets[1] & COMMON), (unsigned long long)(sets[2] & COMMON), prctl(PR_GET_DUMPABLE));
	fflush(stdout);
}

// Runs `body` in a child of its own.
#define APART(title, body) do { printf("-- %s\n", title); fflush(stdout); if (fork() == 0) { body; fflush(stdout); _exit(0); } wait(NULL); } while (0)

static void files(const char *who) {
	int fd = open("secret", O_RDONLY);
	printf("%s: opens %d, access %d, eaccess %d, chmod %d, chown %d\n", who, fd >= 0, access("secret", R_OK), faccessat(AT_FDCWD, "secret", R_OK, AT_EACCESS), chmod("secret", 0600), chown("secret", 0, 0));
	if (fd >= 0) close(fd);
	fflush(stdout);
}

int main(int count, char **arguments) {
	if (count > 1) {
		show(arguments[1]);
		printf("  secure %lu, ambient %d, keeps %d\n", getauxval(AT_SECURE), prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0), prctl(PR_GET_KEEPCAPS));
		return 0;
	}
	setgroups(0, NULL);
	setresgid(0, 0, 0);
	chmod(".", 0777);
	close(open("secret", O_CREAT | O_WRONLY, 0600));
	uint64_t all[3];
	get(all);
	printf("effective is permitted: %d\n", all[0] == all[1]);
	say("bounding has kill", prctl(PR_CAPBSET_READ, CAP_KILL));
	say("bounding has number 63", prctl(PR_CAPBSET_READ, 63));
	say("securebits", prctl(PR_GET_SECUREBITS));
	struct __user_cap_header_struct odd = {0x1234, 0};
	say("unknown version", syscall(SYS_capget, &odd, NULL));
	printf("version told: %x\n", odd.version);
	odd.pid = 1234567;
	struct __user_cap_data_struct room[2];
	say("nobody", syscall(SYS_capget, &odd, room));
	odd.pid = -1;
	say("negative", syscall(SYS_capget, &odd, room));

	APART("setuid gives all up", { setuid(1000); show("after"); say("back", setuid(0)); files("user"); say("capset of none", set(0, 0, 0)); say("capset of some", set(BIT(CAP_KILL), BIT(CAP_KILL), 0)); });
	APART("keepcaps", { prctl(PR_SET_KEEPCAPS, 1); setresuid(1000, 1000, 1000); show("after"); say("raise", set(BIT(CAP_SETUID), BIT(CAP_SETUID), 0)); show("raised"); say("back", setuid(0)); show("root"); });
	APART("seteuid there and back", { seteuid(1000); show("away"); files("away"); seteuid(0); show("back"); });
	APART("setreuid", { say("real", setreuid(1000, -1)); show("real"); say("effective", setreuid(-1, 1001)); show("effective"); say("swap", setreuid(1001, 1000)); show("swapped"); say("other", setreuid(5, -1)); say("none", setreuid(-1, -1)); show("none"); });
	APART("setreuid keeps the saved one", { setresuid(1000, 0, 1001); say("to real", setreuid(-1, 1000)); show("real"); say("to saved", setreuid(-1, 1001)); show("saved"); });
	APART("setregid", { say("real", setregid(1000, -1)); show("real"); say("effective", setregid(-1, 1001)); show("effective"); setuid(9); say("to saved", setregid(1001, -1)); say("to other", setregid(-1, 77)); show("after"); });
	APART("setfsuid", { say("was", setfsuid(1000)); say("is", setfsuid(-1)); show("away"); files("away"); close(open("made", O_CREAT | O_WRONLY, 0600)); setfsuid(0); struct stat status; stat("made", &status); printf("owner %u\n", status.st_uid); show("back"); setuid(1000); say("may not", setfsuid(77)); say("still", setfsuid(-1)); });
	APART("setfsgid", { say("was", setfsgid(1000)); say("is", setfsgid(-1)); setgid(7); say("follows", setfsgid(-1)); });
	APART("dropped overrides", { set(all[1] & ~(BIT(CAP_DAC_OVERRIDE) | BIT(CAP_DAC_READ_SEARCH) | BIT(CAP_CHOWN)), all[1], 0); close(open("other", O_CREAT | O_WRONLY, 0200)); say("read what is not readable", open("other", O_RDONLY) < 0 ? -1 : 1); say("chown", chown("secret", 1, 1)); say("chmod", chmod("secret", 0600)); });
	APART("dropped owner", { chown("secret", 1000, 1000); set(all[1] & ~BIT(CAP_FOWNER), all[1], 0); say("chmod", chmod("secret", 0640)); chown("secret", 0, 0); });
	APART("dropped kill", { pid_t child = fork(); if (child == 0) { setuid(1000); pause(); _exit(0); } usleep(50000); set(all[1] & ~BIT(CAP_KILL), all[1] & ~BIT(CAP_KILL), 0); say("kill", kill(child, 0)); setuid(1000); say("kill as that user", kill(child, SIGKILL)); wait(NULL); });
	APART("dropped chroot, mknod", { set(all[1] & ~(BIT(CAP_SYS_CHROOT) | BIT(CAP_MKNOD)), all[1], 0); say("chroot", chroot(".")); say("mknod", mknod("device", S_IFCHR | 0600, 0x103)); say("mkfifo", mknod("fifo", S_IFIFO | 0600, 0)); });
	APART("dropped setuid", { set(all[1] & ~BIT(CAP_SETUID), all[1], 0); say("setuid", setuid(1000)); say("setgid", setgid(1000)); show("after"); });
	APART("more than permitted", { set(BIT(CAP_KILL), BIT(CAP_KILL), 0); say("more", set(BIT(CAP_KILL), BIT(CAP_KILL) | BIT(CAP_CHOWN), 0)); say("inheritable without setpcap", set(0, BIT(CAP_KILL), BIT(CAP_CHOWN))); say("inheritable of permitted", set(0, BIT(CAP_KILL), BIT(CAP_KILL))); show("after"); say("effective beyond", set(BIT(CAP_CHOWN), BIT(CAP_KILL), 0)); });
	APART("bounding", { say("drop", prctl(PR_CAPBSET_DROP, CAP_CHOWN)); say("read", prctl(PR_CAPBSET_READ, CAP_CHOWN)); show("still permitted"); say("not inheritable", set(all[1], all[1], BIT(CAP_CHOWN))); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("ambient", { say("not inheritable", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0)); set(all[1], all[1], BIT(CAP_KILL)); say("raise", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0)); say("is", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0)); say("odd", prctl(PR_CAP_AMBIENT, 9, CAP_KILL, 0, 0)); say("unknown", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 77, 0, 0)); prctl(PR_SET_KEEPCAPS, 1); setuid(1000); say("gone with uid 0", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0)); say("raise again", prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0)); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("executed as a user", { setuid(1000); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("executed by effective root", { setresuid(1000, 0, 1000); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("executed by real root", { setresuid(0, 1000, 1000); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("securebits", { say("noroot", prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED)); say("unlock", prctl(PR_SET_SECUREBITS, 0)); say("unknown", prctl(PR_SET_SECUREBITS, 0x1000)); execl("/proc/self/exe", "self", "executed", NULL); });
	APART("no fixup", { say("set", prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)); setuid(1000); show("kept"); });
	APART("keepcaps locked", { say("set", prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED)); say("keepcaps", prctl(PR_SET_KEEPCAPS, 1)); say("is", prctl(PR_GET_KEEPCAPS)); });
	return 0;
}
