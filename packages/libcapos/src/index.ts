// libcapos for C programs: headers, static library, linker script and the capos-cc compiler wrapper.
export { LibcaposError, type LibcaposErrorCode } from './libcapos-error.ts';
export { type NativeProgram, nativeProgram } from './native-program.ts';
