# A program that owns every ring: page tables, descriptor tables, exceptions, interrupts, system calls. Each event writes one
# letter to port 0xE9; the machine's embedder reads the story. Loaded at 1 MiB, started in 64-bit mode with paging off.
#
#   P paging is on        B breakpoint            T timer interrupt taken out of HLT
#   U ring 3 reached      S SYSCALL               I INT 0x80 from ring 3
#   F page fault with the right CR2, error code   G general protection from ring 3
#   D double fault on its own stack               X end

.set PML4, 0x10000
.set PDPT, 0x11000
.set PD, 0x12000
.set KERNEL_STACK, 0x80000
.set IST_STACK, 0x88000
.set USER_STACK, 0x90000
.set FORBIDDEN, 0x40000000

.macro say letter
  mov $\letter, %al
  out %al, $0xE9
.endm

.macro gate vector, handler, type, ist=0
  lea \handler(%rip), %rax
  lea idt + \vector * 16(%rip), %rdi
  mov %ax, (%rdi)
  movw $0x08, 2(%rdi)
  movb $\ist, 4(%rdi)
  movb $\type, 5(%rdi)
  shr $16, %rax
  mov %ax, 6(%rdi)
  shr $16, %rax
  mov %eax, 8(%rdi)
.endm

.globl _start
_start:
  mov $KERNEL_STACK, %rsp
  # 1 GiB identity-mapped with 2 MiB pages for everyone; the fourth GiB, with the APIC, as one 1 GiB page for ring 0.
  movq $PDPT + 7, PML4
  movq $PD + 7, PDPT
  movl $0xC0000083, %eax
  mov %rax, PDPT + 24
  mov $0x87, %rax
  mov $PD, %rdi
  mov $512, %ecx
1: mov %rax, (%rdi)
  add $0x200000, %rax
  add $8, %rdi
  loop 1b
  mov $PML4, %rax
  mov %rax, %cr3
  mov %cr0, %rax
  bts $31, %rax
  bts $16, %rax
  mov %rax, %cr0
  say 'P'

  lgdt gdtr(%rip)
  lidt idtr(%rip)
  mov $0x10, %eax
  mov %eax, %ss
  mov %eax, %ds
  pushq $0x08
  lea 1f(%rip), %rax
  push %rax
  lretq
1:
  lea tss(%rip), %rax
  lea gdt + 0x28(%rip), %rdi
  mov %ax, 2(%rdi)
  shr $16, %rax
  mov %al, 4(%rdi)
  mov %ah, 7(%rdi)
  mov $0x28, %eax
  ltr %ax

  gate 3, on_breakpoint, 0x8E
  gate 8, on_double_fault, 0x8E, 1
  gate 13, on_general_protection, 0x8E
  gate 14, on_page_fault, 0x8E
  gate 0x40, on_timer, 0x8E
  gate 0x80, on_user_interrupt, 0xEE

  int3

  # Local APIC: enabled with spurious vector 0xFF, timer one-shot on vector 0x40.
  mov $0xFEE00000, %esi
  movl $0x1FF, 0xF0(%rsi)
  movl $0x40, 0x320(%rsi)
  movl $0x0B, 0x3E0(%rsi)
  movl $100000, 0x380(%rsi)
  sti
  hlt
  cli

  # EFER.SCE; STAR: kernel 0x08/0x10, user base 0x18 (so CS 0x2B is SYSRET's 0x18 + 16, SS 0x20 + 3 below).
  mov $0xC0000080, %ecx
  rdmsr
  or $1, %eax
  wrmsr
  mov $0xC0000081, %ecx
  xor %eax, %eax
  mov $0x00130008, %edx
  wrmsr
  mov $0xC0000082, %ecx
  lea on_system_call(%rip), %rax
  mov %rax, %rdx
  shr $32, %rdx
  wrmsr
  mov $0xC0000084, %ecx
  mov $0x200, %eax
  xor %edx, %edx
  wrmsr

  pushq $0x1B            # SS
  pushq $USER_STACK
  pushq $0x202
  pushq $0x23            # CS
  lea user(%rip), %rax
  push %rax
  iretq

user:
  mov $'U', %edi
  syscall
  mov $'S', %edi
  syscall
  int $0x80
  mov FORBIDDEN, %rax    # not mapped: 8 bytes long, skipped by the handler
  cli                    # refused in ring 3, 1 byte
  mov $'X', %edi
  syscall
  ud2

on_system_call:          # RDI is a letter; X ends the story
  mov %edi, %eax
  out %al, $0xE9
  cmp $'X', %edi
  je finish
  sysretq

on_breakpoint:
  say 'B'
  iretq

on_timer:
  push %rax
  push %rsi
  say 'T'
  mov $0xFEE00000, %esi
  movl $0, 0xB0(%rsi)
  pop %rsi
  pop %rax
  iretq

on_user_interrupt:
  testb $3, 8(%rsp)      # came from ring 3
  jz wrong
  say 'I'
  iretq

on_page_fault:           # error code 4: a read by ring 3 of what is not present
  cmpq $4, (%rsp)
  jne wrong
  mov %cr2, %rax
  cmp $FORBIDDEN, %rax
  jne wrong
  say 'F'
  add $8, %rsp
  addq $8, (%rsp)
  iretq

on_general_protection:
  cmpq $0, (%rsp)
  jne wrong
  say 'G'
  add $8, %rsp
  addq $1, (%rsp)
  iretq

# A fault that cannot be delivered on a stack outside memory becomes a double fault, which has a stack of its own.
finish:
  mov $FORBIDDEN, %rsp
  int3
  ud2

on_double_fault:
  lea -0x1000(%rsp), %rax
  cmp $IST_STACK - 0x2000, %rax
  jb wrong
  say 'D'
  mov $'X', %al
  out %al, $0xE9
  mov $0, %al
  mov $0x501, %dx
  out %al, %dx

wrong:
  say '!'
  mov $1, %al
  mov $0x501, %dx
  out %al, %dx

.balign 16
gdt:
  .quad 0
  .quad 0x00AF9A000000FFFF   # 08 ring 0 code
  .quad 0x00CF92000000FFFF   # 10 ring 0 data
  .quad 0x00CFF2000000FFFF   # 18 ring 3 data
  .quad 0x00AFFA000000FFFF   # 20 ring 3 code
  .quad 0x0000890000000067   # 28 task state, base filled in
  .quad 0
gdtr:
  .word gdtr - gdt - 1
  .quad gdt
idtr:
  .word 0x0FFF
  .quad idt
.balign 16
tss:
  .long 0
  .quad KERNEL_STACK, 0, 0, 0
  .quad IST_STACK, 0, 0, 0, 0, 0, 0
  .quad 0
  .word 0, 0x68
.balign 16
idt:
  .fill 4096, 1, 0
