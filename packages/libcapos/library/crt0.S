// First instructions of a program. RDI ring page, RSI process id, RDX CapSet; RSP 16-aligned, at argc.

        .text
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp              // the outermost frame, as a debugger wants it (psABI 3.4.1)
        movq    %rsp, %rcx
        call    capos_start
        ud2
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
