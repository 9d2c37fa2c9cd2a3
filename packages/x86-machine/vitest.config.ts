import { projectConfig } from '@capos/tooling/vitest';

export default projectConfig('x86-machine');
