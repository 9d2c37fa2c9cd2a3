// The same tests once more, with everything translated at its first entry.
import { projectConfig } from '@capos/tooling/vitest';

export default projectConfig('x86-machine-translated', { TRANSLATE_AFTER: '1' });
