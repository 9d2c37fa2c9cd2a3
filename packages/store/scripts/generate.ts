// Writes what this package derives: docs/reference/segment-format.md.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentFormatPage } from './segment-format.ts';

writeFileSync(join(import.meta.dirname, '../../../docs/reference/segment-format.md'), segmentFormatPage());
