// The upper halves of YMM registers across a signal handler that clobbers them, a fork, and other threads' turns.
#define _GNU_SOURCE
#include <immintrin.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

static volatile int handled;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info;
  ucontext_t *user = context;
  const unsigned *state = (const unsigned *)user->uc_mcontext.fpregs;
  handled = state[464 / 4] == 0x46505853 && (user->uc_flags & 1);
  __asm__ volatile("vzeroall" ::: "xmm7", "memory");
}

static void *spin(void *argument) {
  long wrong = 0;
  __m256i mine = _mm256_set1_epi64x((long)argument);
  for (int round = 0; round < 200; round++) {
    __m256i seen;
    __asm__ volatile("vmovdqa %1, %%ymm3\n mov $24, %%eax\n syscall\n vmovdqa %%ymm3, %0" // sched_yield
                     : "=m"(seen) : "m"(mine) : "rax", "rcx", "r11", "xmm3", "memory");
    wrong += memcmp(&seen, &mine, sizeof seen) != 0;
  }
  return (void *)wrong;
}

int main(void) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigaction(SIGUSR1, &action, 0);
  unsigned char in[32], out[32];
  for (int i = 0; i < 32; i++) in[i] = (unsigned char)(i * 7 + 1);
  long result;
  __asm__ volatile("vmovdqu %2, %%ymm7\n mov $62, %%eax\n syscall\n vmovdqu %%ymm7, %1"
                   : "=a"(result), "=m"(out) : "m"(in), "D"((long)getpid()), "S"((long)SIGUSR1) : "rcx", "r11", "xmm7", "memory");
  printf("signal: handled %d, kept %d\n", handled, memcmp(in, out, 32) == 0);

  int ends[2];
  if (pipe(ends)) return 1;
  unsigned char copy[32];
  long child;
  __asm__ volatile("vmovdqu %2, %%ymm9\n mov $57, %%eax\n syscall\n vmovdqu %%ymm9, %1"
                   : "=a"(child), "=m"(copy) : "m"(in) : "rcx", "r11", "xmm9", "memory");
  if (child == 0) _exit(write(ends[1], copy, 32) != 32);
  int status;
  waitpid((pid_t)child, &status, 0);
  unsigned char theirs[32];
  printf("fork: %zd bytes, child kept %d, parent kept %d\n", read(ends[0], theirs, 32), memcmp(theirs, in, 32) == 0,
         memcmp(copy, in, 32) == 0);

  pthread_t threads[4];
  for (long i = 0; i < 4; i++) pthread_create(&threads[i], 0, spin, (void *)(i + 1));
  for (int i = 0; i < 4; i++) {
    void *wrong;
    pthread_join(threads[i], &wrong);
    printf("thread %d: %ld wrong\n", i, (long)wrong);
  }
  printf("x86-64-v3: %d\n", __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma"));
  return 0;
}
