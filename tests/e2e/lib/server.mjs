// Starts, stops and kills a kumquatd of the tests' own, on a free port, with a data directory that is thrown away at the end.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const binary = process.env.KUMQUATD ?? path.join(root, 'build/release/bin/kumquatd');
const pageDir = process.env.KUMQUAT_PAGE_DIR ?? path.join(root, 'build/wasm-release/web');

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export class Server {
  #process = null;
  #log = '';

  static async start(options = {}) {
    const server = new Server();
    server.dataDir = await mkdtemp(path.join(tmpdir(), 'kumquat-e2e-'));
    server.port = await freePort();
    server.address = `http://localhost:${server.port}`;
    server.options = options.args ?? [];
    server.env = options.env ?? {};
    await server.up();
    return server;
  }

  /** Starts the process on the same port and data directory as before, and waits until it answers. */
  async up() {
    this.#log = '';
    const args = ['--port', String(this.port), '--data-dir', this.dataDir, '--page-dir', pageDir, ...this.options];
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...this.env } });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { this.#log += data; });
    let ended = null;
    child.on('error', (error) => { ended = error.message; });
    child.on('exit', (code, signal) => { ended = `it ended with ${signal ?? code}`; });
    for (const deadline = Date.now() + 60_000; ;) {
      if (ended) throw new Error(`kumquatd does not start: ${ended}\n${this.#log}`);
      try {
        if ((await fetch(`${this.address}/healthz`)).ok) return;
      } catch { /* not listening yet */ }
      if (Date.now() > deadline) throw new Error(`kumquatd does not answer\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  get log() { return this.#log; }

  /** Ends the process: 'SIGTERM' as an operator would, 'SIGKILL' as a power cut would. */
  async down(signal = 'SIGTERM') {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }

  async end() {
    await this.down('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** What `kumquatd usersig` prints for a user: with the server's key, unless `env` says another. */
  async userSig(user, { seconds, env = {} } = {}) {
    const args = ['usersig', user, ...this.options.filter((o) => o.startsWith('--sdk-app-id'))];
    if (seconds) args.push('--expire-s', String(seconds));
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...this.env, ...env } });
    let text = '';
    child.stdout.on('data', (data) => { text += data; });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`kumquatd usersig ended with ${code}`);
    return text.trim();
  }
}
