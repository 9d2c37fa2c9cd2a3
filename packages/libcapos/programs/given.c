// Prints what the program was started with: arguments, environment, and every capability by name.
#include <capos/console.h>

int main(int argc, char **argv, char **environment) {
  for (int index = 0; index < argc; index++) capos_print("argument %d: %s\n", index, argv[index]);
  for (; *environment != NULL; environment++) capos_print("environment: %s\n", *environment);
  const struct capos_cap_set *set = capos_cap_set();
  for (uint32_t index = 0; set != NULL && index < set->count; index++) {
    capos_print("capability: %s, interface %016lx\n", set->entries[index].name,
                (unsigned long)set->entries[index].interface_id);
  }
  return 0;
}
