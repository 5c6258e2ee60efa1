import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The rules of DESIGN.md §3 and STYLE.md that a machine can check. Change a rule here and there in one commit. */
const root = fileURLToPath(new URL('..', import.meta.url));
const houses = ['app', 'components', 'server', 'sim', 'bench', 'scripts', 'e2e'];

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'node_modules' || name.startsWith('.') ? [] : walk(path);
    return /\.(tsx?|mjs|js)$/.test(name) ? [relative(root, path)] : [];
  });
}

const files = houses.flatMap((house) => walk(join(root, house)));
const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const isTest = (file: string) =>
  /\.(test|spec)\.tsx?$/.test(file) || file.startsWith('e2e/') || file.includes('/testing/');
const product = files.filter((file) => !isTest(file));

type Import = { target: string; typeOnly: boolean };

/** Import and re-export statements; paths inside the project resolved to project-relative files, packages left as named. */
function importsOf(file: string): Import[] {
  const text = sources.get(file) ?? '';
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => {
    const named = match[2] ?? match[3] ?? '';
    const local = named.startsWith('@/')
      ? named.slice(2)
      : named.startsWith('.')
        ? relative(root, resolve(root, dirname(file), named))
        : named;
    return { target: local, typeOnly: Boolean(match[1]) };
  });
}

const inside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const houseOf = (path: string) => houses.find((house) => inside(path, house));

type Rule = { folder: string; may: string[]; mayTypes?: string[]; packages?: RegExp };
/** Who may import what inside the project. A folder may always import itself. */
const rules: Rule[] = [
  { folder: 'server/domain', may: [], packages: /^zod$/ },
  { folder: 'server/wire', may: ['server/domain'], packages: /^zod$/ },
  {
    folder: 'server/feeds',
    may: ['server/domain', 'server/wire'],
    packages: /^(zod|gcoord|fast-xml-parser|csv-parse(\/.*)?|mqtt|node:.*)$/,
  },
  { folder: 'server/departments', may: ['server/domain', 'server/wire', 'server/feeds'] },
  { folder: 'server/live', may: ['server/domain', 'server/wire'] },
  {
    folder: 'server/ops',
    may: ['server/domain', 'server/wire', 'server/places'],
    mayTypes: ['server/store', 'server/access', 'server/live'],
  },
  { folder: 'server/places', may: ['server/domain', 'server/wire'] },
  // The helper knows the core alone: no record, no use case, nobody's session. What it cannot reach it cannot do.
  { folder: 'server/assist', may: ['server/domain'], packages: /^(zod|node:.*)$/ },
  { folder: 'server/store', may: ['server/domain'] },
  { folder: 'server/timers', may: ['server/domain'], mayTypes: ['server/store'] },
  { folder: 'server/realtime', may: ['server/domain', 'server/wire', 'server/live'] },
  { folder: 'server/access', may: ['server/domain', 'server/store'], mayTypes: ['server/realtime'] },
  {
    folder: 'server/api',
    may: ['server/domain', 'server/wire', 'server/ops', 'server/access', 'server/places', 'server/store'],
    mayTypes: ['server/feeds', 'server/live', 'server/assist'],
  },
  { folder: 'sim', may: [] },
  { folder: 'app', may: ['components', 'server/domain', 'server/wire'], mayTypes: ['server/api'] },
  { folder: 'components', may: ['server/domain', 'server/wire'], mayTypes: ['server/api'] },
];

describe('direction of imports', () => {
  for (const rule of rules) {
    it(`${rule.folder} imports only what it may`, () => {
      const broken = product
        .filter((file) => inside(file, rule.folder))
        .flatMap((file) =>
          importsOf(file)
            .filter(({ target, typeOnly }) => {
              if (!houseOf(target))
                return rule.packages && !target.startsWith('messages/') && !rule.packages.test(target);
              const allowed = [rule.folder, ...rule.may, ...(typeOnly ? (rule.mayTypes ?? []) : [])];
              return !allowed.some((folder) => inside(target, folder));
            })
            .map(({ target }) => `${file} → ${target}`),
        );
      expect(broken).toEqual([]);
    });
  }

  it('nobody imports main', () => {
    const broken = product.filter((file) => importsOf(file).some(({ target }) => /^server\/main(\.ts)?$/.test(target)));
    expect(broken).toEqual([]);
  });

  it('siblings never import one another', () => {
    const jobs = ['incident', 'dispatch', 'stationing', 'alarms', 'stations', 'feeds', 'access'].map(
      (job) => `components/${job}`,
    );
    const protocols = readdirSync(join(root, 'server/feeds'))
      .filter((name) => name !== 'transport' && statSync(join(root, 'server/feeds', name)).isDirectory())
      .map((name) => `server/feeds/${name}`);
    const broken = [jobs, protocols].flatMap((siblings) =>
      siblings.flatMap((own) =>
        product
          .filter((file) => inside(file, own))
          .flatMap((file) =>
            importsOf(file)
              .filter(({ target }) => siblings.some((other) => other !== own && inside(target, other)))
              .map(({ target }) => `${file} → ${target}`),
          ),
      ),
    );
    expect(broken).toEqual([]);
  });

  it('components/live and components/ui know no other job', () => {
    const broken = product
      .filter((file) => inside(file, 'components/live') || inside(file, 'components/ui'))
      .flatMap((file) => {
        const own = file.split('/').slice(0, 2).join('/');
        return importsOf(file)
          .filter(({ target }) => inside(target, 'components') && !inside(target, own))
          .map(({ target }) => `${file} → ${target}`);
      });
    expect(broken).toEqual([]);
  });
});

describe('shape of files', () => {
  it('no lib, utils, common, helpers', () => {
    expect(files.filter((file) => /(^|\/)(lib|utils?|common|helpers?)(\/|\.[a-z]+$)/.test(file))).toEqual([]);
  });

  it('names are kebab-case', () => {
    const odd = files.filter((file) => {
      const name = file.split('/').pop() ?? '';
      if (file.startsWith('app/') && /^[a-z-]+\.tsx?$/.test(name)) return false;
      return !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|worker|d))?\.(tsx?|mjs|js)$/.test(name);
    });
    expect(odd).toEqual([]);
  });

  it('no file over 400 lines, no test over 600, no page over 25, no layout over 40', () => {
    const limit = (file: string) => {
      if (isTest(file)) return 600;
      if (/^app\/.*page\.tsx$/.test(file)) return 25;
      if (/^app\/.*layout\.tsx$/.test(file)) return 40;
      return 400;
    };
    const long = files
      .map((file) => ({ file, lines: (sources.get(file) ?? '').split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > limit(file));
    expect(long).toEqual([]);
  });

  it('a domain file has no clock, no randomness, no I/O', () => {
    const impure = product.filter(
      (file) =>
        inside(file, 'server/domain') &&
        /Date\.now|new Date\(\)|Math\.random|process\.|fetch\(/.test(sources.get(file) ?? ''),
    );
    expect(impure).toEqual([]);
  });

  it('only env.ts reads the environment of the server', () => {
    const readers = product.filter(
      (file) => inside(file, 'server') && file !== 'server/env.ts' && /process\.env/.test(sources.get(file) ?? ''),
    );
    expect(readers).toEqual([]);
  });

  it('setHTML and server-only are banned', () => {
    const banned = product.filter((file) => /\.setHTML\(|['"]server-only['"]/.test(sources.get(file) ?? ''));
    expect(banned).toEqual([]);
  });
});
