// The ELF note by which a loader knows a native program: owner "capOS", type 1, descriptor = version of this ABI.

        .section .note.capos, "a", @note
        .balign 4
        .long   2f - 1f                 // owner's length with its NUL
        .long   4                       // descriptor's length
        .long   1                       // type
1:      .asciz  "capOS"
2:      .balign 4
        .long   1                       // ABI version

        .section .note.GNU-stack, "", @progbits
