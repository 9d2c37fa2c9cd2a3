// `pnpm --filter @capos/app-workers start:web`: bundles the page and serves it until Ctrl-C.
import { join } from 'node:path';
import { bundlePage } from './bundle.ts';
import { serveIsolated } from './isolated-server.ts';

const folder = join(import.meta.dirname, '../dist');
await bundlePage(folder);
const { url } = await serveIsolated(folder, { port: Number(process.env.PORT ?? 8080) });
console.log(`two Workers in a page: ${url}. Ctrl-C stops.`);
