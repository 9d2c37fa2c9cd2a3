/* The parts of an ELF64 file that a running program reads about itself (System V ABI, ELF-64 object file format). */
#ifndef CAPOS_LIBRARY_ELF_LAYOUT_H
#define CAPOS_LIBRARY_ELF_LAYOUT_H

#include <stdint.h>

#define CAPOS_ET_DYN 3u
#define CAPOS_PT_TLS 7u
#define CAPOS_DT_NULL 0
#define CAPOS_DT_RELA 7
#define CAPOS_DT_RELASZ 8
#define CAPOS_R_X86_64_RELATIVE 8u

struct capos_elf_header {
  uint8_t ident[16];
  uint16_t type, machine;
  uint32_t version;
  uint64_t entry, program_headers, section_headers;
  uint32_t flags;
  uint16_t header_size, program_header_size, program_header_count;
  uint16_t section_header_size, section_header_count, section_names;
};

struct capos_elf_program_header {
  uint32_t type, flags;
  uint64_t offset, address, physical_address, file_size, memory_size, alignment;
};

struct capos_elf_dynamic {
  int64_t tag;
  uint64_t value;
};

struct capos_elf_relocation {
  uint64_t offset, info;
  int64_t addend;
};

#endif
