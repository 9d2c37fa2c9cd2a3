// Raises the processor exception named by its argument: page-fault, write-code, execute-data, divide, undefined,
// general-protection, stack-overflow, port or privileged.
#include <capos/console.h>
#include <capos/string.h>

static uint64_t data_page[512];

// The compiler must not know these addresses, or it would have an opinion about them.
static volatile uintptr_t nearly_null = 0x10, non_canonical = 0x8000000000000000;

static void page_fault(void) { *(volatile int *)nearly_null = 1; }

static void write_code(void) { *(volatile char *)(uintptr_t)capos_exit = 0; }

static void execute_data(void) {
  *(volatile unsigned char *)data_page = 0xc3; // ret
  ((void (*)(void))(uintptr_t)data_page)();
}

static void divide(void) {
  __asm__ volatile("xorl %%ecx, %%ecx\n\tdivl %%ecx" : : "a"(1), "d"(0) : "ecx");
}

static void undefined(void) { __asm__ volatile("ud2"); }

// A non-canonical address is no page fault (SDM 3A 6.15, #GP).
static void general_protection(void) { *(volatile int *)non_canonical = 1; }

static void stack_overflow(void) { __asm__ volatile("1: pushq $0\n\tjmp 1b"); }

static void port(void) { __asm__ volatile("outb %%al, %%dx" : : "a"(0), "d"(0x3f8)); }

static void privileged(void) { __asm__ volatile("hlt"); }

static const struct {
  const char *name;
  void (*raise)(void);
} FAULTS[] = {
    {"page-fault", page_fault}, {"write-code", write_code}, {"execute-data", execute_data},
    {"divide", divide},         {"undefined", undefined},   {"general-protection", general_protection},
    {"port", port},             {"privileged", privileged}, {"stack-overflow", stack_overflow},
};

int main(int argc, char **argv) {
  for (unsigned index = 0; argc > 1 && index < sizeof FAULTS / sizeof *FAULTS; index++) {
    if (strcmp(argv[1], FAULTS[index].name) != 0) continue;
    capos_print("about to raise %s\n", argv[1]);
    FAULTS[index].raise();
    capos_print("still alive\n");
    return 1;
  }
  capos_print("usage: fault KIND, where KIND is one of:\n");
  for (unsigned index = 0; index < sizeof FAULTS / sizeof *FAULTS; index++) capos_print("  %s\n", FAULTS[index].name);
  return 2;
}
