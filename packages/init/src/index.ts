// The first program of a capOS system: reads the boot package, checks the manifest, starts and watches every service.

export { BAD_MANIFEST, CANNOT_RUN, initProgram } from './init-program.ts';
