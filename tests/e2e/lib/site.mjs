// A plain static file server, as dumb as any: files of folders under paths, no header but type and length. It stands for all
// the hosts that the static site is put on.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** The site as script/dist writes it. */
export const dist = process.env.KUMQUAT_DIST ?? path.join(root, 'build/dist');

const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json', '.txt': 'text/plain',
};

export class StaticSite {
  #server = null;

  /** `folders`: what lies under which path, such as { '/demo/': 'dist' }. */
  static async start(folders) {
    const site = new StaticSite();
    site.folders = { ...folders };
    site.requests = [];
    /** Files that are slow to come: name -> milliseconds. */
    site.delays = {};
    site.#server = createServer((request, response) => site.#serve(request, response));
    await new Promise((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    site.address = `http://localhost:${site.#server.address().port}`;
    return site;
  }

  async #serve(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost');
    const prefix = Object.keys(this.folders).find((start) => pathname.startsWith(start));
    const name = prefix === undefined ? null : path.normalize(pathname.slice(prefix.length) || 'index.html');
    const file = name === null || name.startsWith('..') ? null : path.join(this.folders[prefix], name);
    const found = file === null ? null : await stat(file).catch(() => null);
    this.requests.push(pathname);
    await setTimeout(this.delays[name] ?? 0);
    if (found === null || !found.isFile()) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404\n');
      return;
    }
    // As many hosts do; what is old for ten minutes must not break a page.
    response.writeHead(200, {
      'Content-Type': types[path.extname(file)] ?? 'application/octet-stream', 'Content-Length': found.size, 'Cache-Control': 'max-age=600',
    });
    createReadStream(file).pipe(response);
  }

  /** Answers nothing any more: the network is gone. */
  async stop() {
    if (this.#server === null) return;
    const server = this.#server;
    this.#server = null;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
