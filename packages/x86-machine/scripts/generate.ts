// Writes docs/reference/instructions.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instructionReference } from './instruction-reference.ts';

const path = fileURLToPath(new URL('../../../docs/reference/instructions.md', import.meta.url));
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, instructionReference());
