// System calls: number in RAX, arguments in RDI, RSI, RDX, result in RAX; RCX and R11 are clobbered (SDM 2B SYSCALL).

        .text
        .globl  capos_exit
        .type   capos_exit, @function
capos_exit:
        xorl    %eax, %eax              // 0: exit
        syscall
        ud2                             // not reached: the process is gone
        .size   capos_exit, . - capos_exit

        .globl  capos_cap_enter
        .type   capos_cap_enter, @function
capos_cap_enter:
        movl    $1, %eax                // 1: cap_enter
        syscall
        ret
        .size   capos_cap_enter, . - capos_cap_enter

        .section .note.GNU-stack, "", @progbits
