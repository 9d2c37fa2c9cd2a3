import { projectConfig } from '@capos/tooling/vitest';

export default projectConfig('app-self-host');
