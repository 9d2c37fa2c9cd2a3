// Borrows a MemoryObject from the Lender it was given as "lender", reads and writes it in place, and compares notes.
#include "generated/examples.h"
#include <capos/console.h>
#include <capos/memory.h>
#include <capos/schema/memory.h>
#include <capos/string.h>

int main(void) {
  capos_cap lender = capos_find("lender", EXAMPLE_LENDER_INTERFACE_ID);
  struct example_lender_borrow_results borrowed;
  int error = example_lender_borrow(lender, &borrowed);
  if (error < 0) capos_fail("borrowing", error);
  struct capos_memory_object_get_size_results size;
  error = capos_memory_object_get_size(borrowed.object.cap, &size);
  if (error < 0) capos_fail("asking for the size", error);
  unsigned char *shared;
  error = capos_map_object(borrowed.object.cap, 0, size.size, CAPOS_READ | CAPOS_WRITE, (void **)&shared);
  if (error < 0) capos_fail("mapping what was borrowed", error);
  capos_print("borrower sees \"%s\" in %lu bytes\n", (const char *)shared, (unsigned long)size.size);
  memcpy(shared + 4096, "written by the borrower", 24);
  uint64_t sum = 0;
  for (uint64_t index = 0; index < size.size; index++) sum = sum * 31 + shared[index];
  struct example_lender_give_back_results given;
  error = example_lender_give_back(lender, &(struct example_lender_give_back_params){.checksum = sum}, &given);
  if (error < 0) capos_fail("giving back", error);
  capos_print("the lender %s\n", given.agreed ? "agrees" : "disagrees");
  capos_unmap(shared, size.size);
  capos_release(borrowed.object.cap);
  return given.agreed ? 0 : 1;
}
