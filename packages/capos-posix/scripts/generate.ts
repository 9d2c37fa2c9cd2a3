// Writes docs/reference/posix-calls.md.
import { writeFileSync } from 'node:fs';
import { callReference } from './call-reference.ts';

writeFileSync(new URL('../../../docs/reference/posix-calls.md', import.meta.url), callReference());
