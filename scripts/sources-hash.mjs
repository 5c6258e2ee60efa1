// One figure for everything a build is made from; the same figure, the same build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['app', 'components', 'messages', 'server', 'sim'];
const files = [
  'package.json',
  'package-lock.json',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'scripts/build.mjs',
];
const isTest = (path) => /\.(test|spec)\.tsx?$/.test(path) || path.includes('/testing/');

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? walk(path) : [path];
    });
}

export function sourcesHash() {
  const hash = createHash('sha256');
  const paths = [...folders.flatMap(walk), ...files.filter((file) => existsSync(file))];
  for (const path of paths.filter((one) => !isTest(one)))
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}
