// From the first instruction to main: relocate a static-pie, note what was given, open the ring, call main.
//
// The kernel has mapped the ring page and the CapSet, laid out argc, argv, envp and the auxiliary vector on the stack
// (AMD64 psABI 3.4.1) and set up this thread's thread-local block.
#include <capos/program.h>
#include <capos/string.h>
#include "elf-layout.h"
#include "program.h"

struct capos_start_facts capos_start_facts;

int main(int argc, char **argv, char **environment);

extern const struct capos_elf_header __ehdr_start __attribute__((visibility("hidden")));
extern const struct capos_elf_dynamic _DYNAMIC[] __attribute__((weak, visibility("hidden")));

// Applies R_X86_64_RELATIVE, the only kind that a static-pie without symbols to look up has. A program linked at its
// address has no dynamic section, and nothing to do.
static void relocate(void) {
  if (_DYNAMIC == NULL) return;
  uint64_t base = (uint64_t)&__ehdr_start;
  const struct capos_elf_relocation *relocations = NULL;
  uint64_t size = 0;
  for (const struct capos_elf_dynamic *entry = _DYNAMIC; entry->tag != CAPOS_DT_NULL; entry++) {
    if (entry->tag == CAPOS_DT_RELA) relocations = (const void *)(base + entry->value);
    if (entry->tag == CAPOS_DT_RELASZ) size = entry->value;
  }
  for (uint64_t index = 0; index < size / sizeof *relocations; index++) {
    const struct capos_elf_relocation *relocation = &relocations[index];
    if ((uint32_t)relocation->info == CAPOS_R_X86_64_RELATIVE) {
      *(uint64_t *)(base + relocation->offset) = base + (uint64_t)relocation->addend;
    }
  }
}

_Noreturn void capos_start(void *ring_page, uint64_t process_id, const struct capos_cap_set *cap_set, uint64_t *stack) {
  relocate();
  int argc = (int)stack[0];
  char **argv = (char **)(stack + 1);
  char **environment = argv + argc + 1;
  capos_start_facts.process_id = process_id;
  capos_start_facts.cap_set = cap_set;
  capos_start_facts.environment = environment;
  capos_thread_enter(ring_page);
  capos_exit(main(argc, argv, environment));
}

void capos_thread_enter(void *ring_page) {
  // Without a ring there is nobody to tell.
  if (ring_page == NULL || capos_ring_open(capos_ring_self(), ring_page) < 0) capos_exit(127);
}

uint64_t capos_process_id(void) { return capos_start_facts.process_id; }

const char *capos_environment(const char *name) {
  size_t length = strlen(name);
  for (char **entry = capos_start_facts.environment; *entry != NULL; entry++) {
    if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=') return *entry + length + 1;
  }
  return NULL;
}
