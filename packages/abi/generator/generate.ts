// `pnpm generate`: writes everything that is generated from the schema.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { generatedDirectories, generatedFiles } from './outputs.ts';

for (const { directory, generate } of generatedDirectories) {
  const files = await generate();
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of files) writeFileSync(`${directory}/${name}`, text);
}
for (const { path, generate } of generatedFiles) writeFileSync(path, generate());
