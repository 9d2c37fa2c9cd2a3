/* Threads of a process. Each has its own stack with a guard page below, its own ring and its own thread-local data.

     one mapping   guard │ stack ◀ │ thread-local block │ thread record (FS base) │ ring page

   Variables declared `_Thread_local` (or `__thread`) are laid out as the x86-64 ABI's variant II has them: they end at the
   thread record, whose address FS holds (Drepper, "ELF Handling for Thread-Local Storage", §3).                        */
#ifndef CAPOS_THREAD_H
#define CAPOS_THREAD_H

#include <capos/cap.h>
#include <stddef.h>

/** Bytes of stack when none are asked for. */
#define CAPOS_DEFAULT_STACK_SIZE (256u * 1024u)

/** A thread that was created and not joined yet. Its fields belong to the library. */
struct capos_thread {
  capos_cap control;
  void *memory;
  size_t length;
  struct capos_thread_record *record;
};

/** What a thread runs; its value is what capos_thread_join answers. */
typedef int capos_thread_main(void *argument);

/**
 * Starts a thread (ThreadSpawner, the capability "threads") with `stack_size` bytes of stack, 0 for the default.
 * Answers 0 or an error; after an error nothing was created.
 */
int capos_thread_create(struct capos_thread *thread, capos_thread_main *entry, void *argument, size_t stack_size);

/** Waits for the end of a thread, gives its memory back and answers its value through `value` (may be null). */
int capos_thread_join(struct capos_thread *thread, int *value);

/** Ends the calling thread, which capos_thread_create started, with `value`. */
_Noreturn void capos_thread_exit(int value);

#endif
