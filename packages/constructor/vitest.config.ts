import { projectConfig } from '@capos/tooling/vitest';

// Vitest keeps projects in an object by name, and every object has a "constructor".
export default projectConfig('capos-constructor');
