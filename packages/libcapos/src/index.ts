// libcapos for C programs: headers, static library, linker script and the capos-cc compiler wrapper.
export {};
