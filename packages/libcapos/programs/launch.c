// Starts the program named by its first argument with the rest as arguments, its own console and no other capability.
//
// Prints how it ended, and exits as it did.
#include <capos/console.h>
#include <capos/process.h>
#include <capos/schema/process.h>

int main(int argc, char **argv) {
  if (argc < 2) {
    capos_print("usage: launch PROGRAM [ARGUMENT…]\n");
    return 2;
  }
  capos_cap spawner = capos_find("spawner", CAPOS_PROCESS_SPAWNER_INTERFACE_ID);
  const struct capos_spawn_grant grants[] = {{"console", capos_standard_output(), CAPOS_TRANSFER_COPY}};
  const struct capos_spawn spawn = {
      .name = argv[1],
      .program = argv[1],
      .arguments = (const char *const *)argv + 1,
      .environment = (const char *const[]){"STARTED_BY=launch", NULL},
      .grants = grants,
      .grant_count = 1,
  };
  capos_cap process;
  int error = capos_spawn(spawner, &spawn, &process);
  if (error < 0) capos_fail(argv[1], error);
  struct capos_process_handle_wait_results ended;
  error = capos_process_handle_wait(process, &ended);
  if (error < 0) capos_fail("waiting", error);
  capos_release(process);
  switch (ended.status.which) {
    case CAPOS_EXIT_STATUS_EXITED:
      capos_print("%s exited with %d\n", argv[1], ended.status.exited);
      return ended.status.exited;
    case CAPOS_EXIT_STATUS_FAULTED:
      capos_print("%s faulted with vector %u\n", argv[1], ended.status.faulted.vector);
      return 128 + 11;
    default:
      capos_print("%s was killed by %d\n", argv[1], ended.status.killed);
      return 128 + ended.status.killed;
  }
}
