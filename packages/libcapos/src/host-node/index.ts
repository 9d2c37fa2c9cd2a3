// What a build script on Node uses: the compiler wrapper as a function, and where the headers and scripts lie.
export { type CompilerHost, caposCompiler, compilerArguments } from './capos-cc.ts';
export { type Compiler, findCompiler, requireCompiler } from './compiler.ts';
export { type ImageKind, packagePath } from './flags.ts';
