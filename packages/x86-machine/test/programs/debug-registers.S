# Breakpoints that a ring-0 program sets for itself. Its handlers write down vector, DR6 and RIP of each exception; beside them it
# writes down what it expects. Loaded at 1 MiB, started in 64-bit mode with paging off; ends with HLT.

.set STACK, 0x80000
.set TOLD, 0x20000       # what happened: vector, DR6 (low half), RIP, 8 bytes each; R15 is the next place
.set EXPECTED, 0x30000   # what should have: R14 is the next place
.set RESUME, 0x10000     # RFLAGS.RF

.macro gate vector, handler
  lea \handler(%rip), %rax
  lea idt + \vector * 16(%rip), %rdi
  mov %ax, (%rdi)
  movw $0x08, 2(%rdi)
  movw $0x8E00, 4(%rdi)
  shr $16, %rax
  mov %ax, 6(%rdi)
  shr $16, %rax
  mov %eax, 8(%rdi)
.endm

# Vector, bits of DR6, and where RIP is to be.
.macro expect vector, status, label
  movq $\vector, (%r14)
  movq $\status, 8(%r14)
  lea \label(%rip), %rax
  mov %rax, 16(%r14)
  add $24, %r14
.endm

.macro control value
  mov $\value, %eax
  mov %rax, %dr7
.endm

.globl _start
_start:
  mov $STACK, %rsp
  mov $TOLD, %r15
  mov $EXPECTED, %r14
  lgdt gdtr(%rip)
  lidt idtr(%rip)
  gate 1, on_debug
  gate 6, on_invalid

  # An instruction: a fault before it, once. Again in a loop, which may be translated by then.
  expect 1, 1, at_once
  lea at_once(%rip), %rax
  mov %rax, %dr0
  control 0x401
  xor %ebx, %ebx
at_once:
  inc %ebx
  mov $100, %ecx
  mov $100, %edx
1:
  expect 1, 1, in_loop
  dec %edx
  jnz 1b
  lea in_loop(%rip), %rax
  mov %rax, %dr0
2:
  add $1, %ebx
in_loop:
  add $2, %ebx
  dec %ecx
  jnz 2b

  # Four bytes that are written: a trap behind the instruction; neither beside them, nor for reading.
  lea bytes(%rip), %rsi
  mov %rsi, %dr1
  expect 1, 2, 3f
  expect 1, 2, 4f
  control 0xD00408
  mov (%rsi), %eax
  movb $1, 4(%rsi)
  movl $2, (%rsi)
3:
  movw $3, -1(%rsi)
4:
  movw $3, -2(%rsi)

  # Eight that are touched, in a loop that was hot before.
  mov $300, %ecx
5:
  mov 8(%rsi), %rax
touched:
  add %rax, %rbx
  cmp $10, %ecx
  jne 7f
  lea 8(%rsi), %rax
  mov %rax, %dr2
  control 0xB000420
7:
  dec %ecx
  jnz 5b
  # That many times; the tables are compared at the end.
  mov $9, %ecx
8:
  expect 1, 4, touched
  dec %ecx
  jnz 8b

  # A repeated instruction, piece by piece.
  control 0x400
  mov %rsi, %dr2
  expect 1, 4, stored
  expect 1, 4, stored
  control 0x7000420
  lea -1(%rsi), %rdi
  mov $4, %ecx
  xor %eax, %eax
stored:
  rep stosb
  control 0x400

  # A single step over an instruction that touches: one trap for both.
  mov %rsi, %dr2
  expect 1, 0x4004, stepped
  expect 1, 0x4000, behind_popf
  control 0x1000420
  mov $1, %r12d
  pushfq
  orl $0x100, (%rsp)
  popfq
  movb $1, (%rsi)
stepped:
  nop
behind_popf:
  control 0x400

  # General detect: MOV of a debug register faults, once.
  expect 1, 0x2000, detected
  control 0x2400
detected:
  mov %dr1, %rax
  mov %dr1, %rax

  # A port, and DR4 and DR5, by CR4.DE.
  mov %dr4, %rax
  mov %cr4, %rax
  or $8, %rax
  mov %rax, %cr4
  mov $0xE9, %eax
  mov %rax, %dr3
  expect 1, 8, written
  control 0x20000480
  out %al, $0x80
  out %al, $0xE9
written:
  control 0x400
  expect 6, 0, missing
missing:
  mov %dr4, %rax
  hlt

on_debug:
  push %rax
  push %rcx
  mov %dr6, %rax
  movq $1, (%r15)
  movzwl %ax, %ecx
  and $0xe00f, %ecx
  mov %rcx, 8(%r15)
  mov 16(%rsp), %rcx
  mov %rcx, 16(%r15)
  add $24, %r15
  # The handler of a fault sets RF, that of a step clears TF after the second.
  test $1, %al
  jz 1f
  orl $RESUME, 32(%rsp)
1:
  test $0x4000, %eax
  jz 2f
  dec %r12d
  jns 2f
  andl $~0x100, 32(%rsp)
2:
  xor %eax, %eax
  mov %rax, %dr6
  pop %rcx
  pop %rax
  iretq

on_invalid:
  movq $6, (%r15)
  movq $0, 8(%r15)
  push %rax
  mov 8(%rsp), %rax
  mov %rax, 16(%r15)
  pop %rax
  add $24, %r15
  addq $3, (%rsp)
  iretq

.balign 8
.quad 0
bytes: .quad 0, 0
gdt: .quad 0, 0x00AF9A000000FFFF, 0x00CF92000000FFFF
gdtr: .word 23
  .quad gdt
idtr: .word 0xFFF
  .quad idt
.balign 16
idt: .fill 4096, 1, 0
