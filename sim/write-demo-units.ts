import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { demoUnits } from './demo-units.ts';

/** `node --import tsx sim/write-demo-units.ts`: writes the units that the server's demo seed registers. */
const target = new URL('../server/store/seed/demo-units.json', import.meta.url);
mkdirSync(fileURLToPath(new URL('.', target)), { recursive: true });
writeFileSync(fileURLToPath(target), demoUnits());
