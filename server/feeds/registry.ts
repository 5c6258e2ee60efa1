import { ais } from './ais/ais.ts';
import { cap } from './cap/protocol.ts';
import type { Protocol } from './contract.ts';
import { csv } from './csv/csv.ts';
import { fhir } from './fhir/fhir.ts';
import { gb26875 } from './gb26875/gb26875.ts';
import { gb28181 } from './gb28181/gb28181.ts';
import { gtfs } from './gtfs/gtfs.ts';
import { gtfsRt } from './gtfs-rt/gtfs-rt.ts';
import { hj212 } from './hj212/hj212.ts';
import { jt808 } from './jt808/jt808.ts';
import { jt809 } from './jt809/jt809.ts';
import { metar } from './metar/metar.ts';
import { ngsi } from './ngsi/ngsi.ts';
import { open311 } from './open311/open311.ts';
import { push } from './push/protocol.ts';
import { sensorthings } from './sensorthings/sensorthings.ts';
import { sl651 } from './sl651/sl651.ts';

/** Every protocol that can be read. A new one is its folder, one import and one entry here. */
export const protocols: readonly Protocol[] = [
  jt808,
  jt809,
  hj212,
  sl651,
  cap,
  push,
  csv,
  gb26875,
  gb28181,
  ais,
  metar,
  ngsi,
  sensorthings,
  open311,
  fhir,
  gtfsRt,
  gtfs,
];

export const protocolById = (id: string): Protocol | null => protocols.find((protocol) => protocol.id === id) ?? null;
