// Serves one folder over HTTP on loopback, with the two headers that make a page cross-origin isolated: only such a page has
// SharedArrayBuffer (HTML §7.1.3, Cross-Origin-Opener-Policy; §7.1.4, Cross-Origin-Embedder-Policy).
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { basename, extname, join } from 'node:path';

const CONTENT_TYPE: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Listens on `port` of 127.0.0.1, a free one by default. `isolated: false` leaves the headers out. */
export async function serveIsolated(
  folder: string,
  { port = 0, isolated = true }: { readonly port?: number; readonly isolated?: boolean } = {},
): Promise<{ readonly server: Server; readonly url: string }> {
  const headers = isolated
    ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
    : {};
  const server = createServer(async (request, response) => {
    // The folder is flat: whatever a request names, its last part is looked for there.
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = basename(pathname) || 'index.html';
    const body = await readFile(join(folder, name)).catch(() => undefined);
    if (body === undefined) response.writeHead(404, headers).end('not found');
    else response.writeHead(200, { ...headers, 'content-type': CONTENT_TYPE[extname(name)] }).end(body);
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { server, url: `http://127.0.0.1:${address.port}/` };
}
