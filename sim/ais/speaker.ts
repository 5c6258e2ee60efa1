import type { Saying } from '../link/confirmed-line.ts';
import type { Vessel } from '../network/vessels.ts';
import { classA, classAStatic, classB, classBStatic } from './messages.ts';
import { sentences } from './sentence.ts';

/** Base stations along the river: each hears its stretch. */
const stations = ['NJDSG', 'NJXSW', 'NJXG'];

/** What the waterway's base stations pass on. */
export function aisSpeaker() {
  let group = 0;
  return (vessel: Vessel, what: 'position' | 'static', atMs: number): Saying => {
    const said =
      what === 'position'
        ? [vessel.classB ? classB(position(vessel, atMs)) : classA(position(vessel, atMs))]
        : staticsOf(vessel);
    const name = stations[vessel.index % stations.length]!;
    const lines = said.flatMap((bits) =>
      sentences(bits, { name, atMs }, { group: group++, channel: group % 2 ? 'A' : 'B' }),
    );
    return { bytes: Buffer.from(lines.join(''), 'latin1'), key: null };
  };
}

const position = ({ mmsi, at, speedKn, courseDeg, anchored }: Vessel, atMs: number) => ({
  mmsi,
  at,
  speedKn,
  courseDeg: anchored ? null : courseDeg,
  headingDeg: courseDeg,
  status: anchored ? 1 : 0,
  second: new Date(atMs).getUTCSeconds(),
});

function staticsOf({ mmsi, name, callSign, kind, draughtM, classB: isB }: Vessel): readonly string[] {
  const halfBeam = Math.floor(kind.beamM / 2);
  const of = {
    mmsi,
    imo: 0,
    callSign,
    name,
    type: kind.type,
    bowM: kind.lengthM - 14,
    sternM: 14,
    portM: halfBeam,
    starboardM: kind.beamM - halfBeam,
    draughtM,
    destination: 'NANJING',
  };
  return isB ? classBStatic(of) : [classAStatic(of)];
}
