// Ends the tests' database server once no test process holds a lease on it, however those ended. Usage: reaper.mjs <folder>
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folder = process.argv[2];
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};
const leased = () => readdirSync(join(folder, 'leases')).some((name) => alive(Number(name)));
const postmaster = () => {
  const file = join(folder, 'pg', 'postmaster.pid');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return { pid: Number(lines[0] ?? 0), socket: lines[4] };
};

let idle = 0;
while (idle < 8) {
  await sleep(500);
  idle = leased() ? 0 : idle + 1;
  if (idle < 8) continue;
  // The launcher's own lock: nobody adopts the server while it is being ended.
  let lock;
  try {
    lock = openSync(join(folder, 'pg.lock'), 'wx', 0o600);
  } catch {
    idle = 0; // somebody is starting
    continue;
  }
  writeSync(lock, String(process.pid));
  closeSync(lock);
  if (!leased()) {
    const { pid, socket } = postmaster();
    for (const [signal, patience] of [
      ['SIGINT', 100],
      ['SIGQUIT', 100],
    ]) {
      if (!pid || !alive(pid)) break;
      process.kill(pid, signal);
      for (let waited = 0; waited < patience && alive(pid); waited += 1) await sleep(50);
    }
    if (socket) rmSync(socket, { recursive: true, force: true });
    for (const name of ['pg', 'pg.secret', 'pg.log', 'leases'])
      rmSync(join(folder, name), { recursive: true, force: true });
  } else idle = 0;
  rmSync(join(folder, 'pg.lock'), { force: true });
}
