// `pnpm --filter @capos/app-web start`: bundles the page and serves it until Ctrl-C.
import { join } from 'node:path';
import { bundlePage } from './bundle.ts';
import { serveFolder } from './static-server.ts';

const folder = join(import.meta.dirname, '../dist');
const bytes = await bundlePage(folder);
const { url } = await serveFolder(folder, Number(process.env.PORT ?? 8080));
console.log(`capOS in a page: ${url} (scripts ${(bytes / 1024).toFixed(0)} KiB). Ctrl-C stops.`);
