// A chromium and CJK fonts for the browser tests: found, else Debian's by apt where that is allowed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const runs = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

export function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) return runs(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin', '/snap/bin');
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(runs) ?? null;
}

/** Chinese without a font is a row of boxes; elsewhere than on Linux the system has one. */
export function hasCjkFont() {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  if (list.status === 0) return list.stdout.trim() !== '';
  return existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc');
}

export const howToGet =
  'Install a Chromium or Chrome and a Chinese font (Debian: apt-get install chromium fonts-noto-cjk fontconfig),\n' +
  'or name one you have: PLAYWRIGHT_CHROMIUM=/path/to/chrome npm test';

function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
  return sudo.status === 0 ? ['sudo', '-n'] : null;
}

/** Installs what is missing where it may; says what it does. Never fails: the tests say what they skip. */
export function prepareBrowser() {
  const missing = [...(findChromium() ? [] : ['chromium']), ...(hasCjkFont() ? [] : ['fonts-noto-cjk', 'fontconfig'])];
  if (missing.length === 0 || process.env.PLAYWRIGHT_CHROMIUM) return;
  const prefix = process.platform === 'linux' && existsSync('/usr/bin/apt-get') ? asRoot() : null;
  if (!prefix) {
    console.log(`! ${missing.join(', ')} missing; the browser tests will be skipped.\n${howToGet}`);
    return;
  }
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...args];
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 900_000 }).status === 0;
  };
  console.log(`▸ installing ${missing.join(', ')} by apt (once; a few minutes)…`);
  const done = apt('update') && apt('install', '--no-install-recommends', ...missing);
  console.log(done ? '▸ installed' : `! apt could not install them; the browser tests will be skipped.\n${howToGet}`);
}
