// Starts the program on the sample county, on a free port and a store of its own,
// and stops it when the tests have ended.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    origin: string;
    token: string;
  }
}

/** The program under test: HUBREACH, else the one that scripts/test builds. */
export const program = process.env['HUBREACH'] ?? resolve(import.meta.dirname, '../../../bin/hubreach');

/** A service that runs. */
export type Service = { origin: string; token: string; stop: () => Promise<void> };

/** Starts a service of a study; it is ready when this returns. */
export async function start(study: string[] = ['sample']): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'hubreach-pages-'));
  const store = join(folder, 'store.gpkg');
  const child = spawn(program, ['serve', ...study, '--store', store, '--addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const origin = await address(child);
  const said = execFileSync(program, ['token', 'add', 'Browser', '--store', store], { encoding: 'utf8' });
  const token = said.trim();
  if (!token) throw new Error('hubreach token add said nothing');
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { origin, token, stop };
}

/** Waits for the line that says where the program listens. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((found, lost) => {
    let out = '';
    let err = '';
    child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
    child.stdout?.on('data', (text: Buffer) => {
      out += text.toString();
      const at = /http:\/\/[0-9.:]+/.exec(out);
      if (at) found(at[0]);
    });
    child.once('error', lost);
    child.once('exit', (code) => lost(new Error(`${program} ended with ${code}: ${err.slice(-2000)}`)));
  });
}

/** What vitest calls before the first test; what it returns is called after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const service = await start();
  project.provide('origin', service.origin);
  project.provide('token', service.token);
  return service.stop;
}
