import { describe, expect, it } from 'vitest';
import { openDecodeStream } from '../decode-stream.ts';
import type { Refusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { ais } from './ais.ts';
import type { AisMessage, AisRead } from './message.ts';
import { bytesOf, textOf } from './testing/build.ts';

/** Messages and decoded values of other implementations. */
const collection = openCollection('ais');

type Stated = Record<string, unknown>;
type Sample = { id: string; sentences?: string[]; expected: Stated; checksumOk: boolean[]; messageType: number };
const samples: Sample[] = collection.lines('frames.jsonl');
const cases = samples.filter(({ sentences }) => sentences);

type Heard = { messages: AisMessage[]; refusals: Refusal[] };
function hear(text: string): Heard {
  const stream = openDecodeStream(ais, { mode: 'message', options: {} });
  const read = [...stream.push(bytesOf(text)), ...stream.end()];
  return {
    messages: read.flatMap((line) => {
      const message = line.kind === 'message' ? (line.message as AisRead) : null;
      return message?.kind === 'message' ? [message] : [];
    }),
    refusals: read.flatMap((line) => (line.kind === 'refusal' ? [line.refusal] : [])),
  };
}

type Getter = (message: AisMessage) => unknown;
const field =
  (name: string): Getter =>
  ({ fields }) =>
    fields[name];
const radio =
  (name: string): Getter =>
  ({ fields }) =>
    (fields.radio as Stated | undefined)?.[name];
const content =
  (name: string): Getter =>
  ({ fields }) =>
    (fields.content as Stated | undefined)?.[name];
const first =
  (list: string, at: number, name: string): Getter =>
  ({ fields }) =>
    (fields[list] as Stated[] | undefined)?.[at]?.[name];
const either =
  (...getters: Getter[]): Getter =>
  (message) =>
    getters.map((get) => get(message)).find((value) => value !== undefined);

/** What the sources call a thing, and where it stands in ours. What is not named here has no counterpart (spare bits, classes of programs). */
const counterparts: Record<string, Getter> = {
  msg_type: ({ type }) => type,
  type: ({ type }) => type,
  id: ({ type }) => type,
  repeat: ({ repeat }) => repeat,
  repeat_indicator: ({ repeat }) => repeat,
  mmsi: ({ mmsi }) => Number(mmsi),
  speed: field('speedKn'),
  sog: field('speedKn'),
  course: field('courseDeg'),
  cog: field('courseDeg'),
  heading: field('headingDeg'),
  true_heading: field('headingDeg'),
  turn: field('rotDegPerMin'),
  lon: field('lon'),
  lat: field('lat'),
  x: either(field('lon'), content('lon')),
  y: either(field('lat'), content('lat')),
  accuracy: field('accurate'),
  position_accuracy: field('accurate'),
  status: field('status'),
  nav_status: field('status'),
  maneuver: field('manoeuvre'),
  special_manoeuvre: field('manoeuvre'),
  raim: field('raim'),
  radio: radio('raw'),
  communication_state_raw: radio('raw'),
  sync_state: radio('syncState'),
  slot_timeout: radio('slotTimeout'),
  slot_offset: radio('slotOffset'),
  slot_number: radio('slotNumber'),
  received_stations: radio('receivedStations'),
  utc_hour: radio('utcHour'),
  utc_minute: radio('utcMinute'),
  slot_increment: radio('slotIncrement'),
  slots_to_allocate: radio('slots'),
  keep_flag: radio('keep'),
  year: field('year'),
  month: either(field('month'), field('etaMonth')),
  day: either(field('day'), field('etaDay')),
  hour: either(field('hour'), field('etaHour')),
  minute: either(field('minute'), field('etaMinute')),
  epfd: field('fixer'),
  fix_type: field('fixer'),
  transmission_ctl: field('longRangeControl'),
  imo: field('imo'),
  callsign: field('callSign'),
  shipname: field('shipName'),
  shiptype: field('shipType'),
  type_and_cargo: field('shipType'),
  to_bow: field('toBowM'),
  to_stern: field('toSternM'),
  to_port: field('toPortM'),
  to_starboard: field('toStarboardM'),
  dim_a: field('toBowM'),
  dim_b: field('toSternM'),
  dim_c: field('toPortM'),
  dim_d: field('toStarboardM'),
  draught: field('draughtM'),
  destination: field('destination'),
  dte: field('dteMissing'),
  ais_version: field('aisVersion'),
  dest_mmsi: field('destination'),
  mmsi_dest: field('destination'),
  retransmitted: field('retransmitted'),
  // libais says of message 6 whether it may still be sent again.
  retransmit: ({ type, fields }) => (type === 6 ? !fields.retransmitted : fields.retransmitted),
  txrx_mode: ({ type, fields }) => (type === 23 ? fields.mode : undefined),
  seqno: field('sequence'),
  seq: field('sequence'),
  seq_num: field('sequence'),
  dac: field('dac'),
  fid: field('fi'),
  fi: field('fi'),
  data: field('data'),
  req_dac: content('requestedDac'),
  req_fi: content('requestedFi'),
  country: content('country'),
  text: either(field('text'), content('text')),
  msg_seq: content('textSequence'),
  ack_required: content('acknowledge'),
  link_id: content('link'),
  notice_type: content('notice'),
  duration_minutes: content('durationMin'),
  alt: field('altitudeM'),
  alt_sensor: field('barometric'),
  assigned: field('assigned'),
  assigned_mode: field('assigned'),
  mode: field('assigned'),
  mode_flag: field('assigned'),
  cs: field('carrierSense'),
  unit: field('carrierSense'),
  unit_flag: field('carrierSense'),
  display: field('display'),
  display_flag: field('display'),
  dsc: field('dsc'),
  dsc_flag: field('dsc'),
  band: field('wholeBand'),
  band_flag: field('wholeBand'),
  msg22: field('message22'),
  m22_flag: field('message22'),
  aid_type: field('aidType'),
  aton_type: field('aidType'),
  name: field('aidName'),
  off_position: field('offPosition'),
  off_pos: field('offPosition'),
  regional: field('aidStatus'),
  aton_status: field('aidStatus'),
  virtual_aid: field('virtual'),
  virtual_aton: field('virtual'),
  channel_a: field('channelA'),
  channel_b: field('channelB'),
  power: field('lowPower'),
  band_a: field('narrowA'),
  band_b: field('narrowB'),
  zonesize: field('zoneSize'),
  ne_lon: field('eastLon'),
  ne_lat: field('northLat'),
  sw_lon: field('westLon'),
  sw_lat: field('southLat'),
  x1: field('eastLon'),
  y1: field('northLat'),
  x2: field('westLon'),
  y2: field('southLat'),
  stationtype: field('stationType'),
  station_type: field('stationType'),
  interval: field('interval'),
  interval_raw: field('interval'),
  quiet: field('quietMin'),
  partno: ({ fields }) => (fields.part === 'A' ? 0 : 1),
  part_num: ({ fields }) => (fields.part === 'A' ? 0 : 1),
  second: either(field('second'), field('utcSecond')),
  timestamp: either(field('second'), field('utcSecond')),
  mmsi1: either(first('acknowledged', 0, 'mmsi'), first('assignments', 0, 'mmsi'), field('station1')),
  mmsi2: first('acknowledged', 1, 'mmsi'),
  mmsi3: first('acknowledged', 2, 'mmsi'),
  mmsi4: first('acknowledged', 3, 'mmsi'),
  mmsi_1: field('station1'),
  mmsi_2: field('station2'),
  msg_1_1: field('type1'),
  dest_msg_1_2: field('type2'),
  msg_2: field('station2Type'),
  slot_offset_1_2: field('offset2'),
  slot_offset_2: field('station2Offset'),
  slot_offset_1_1: field('offset1'),
  offset1: either(first('assignments', 0, 'offset'), first('reservations', 0, 'offset')),
  increment1: either(first('assignments', 0, 'increment'), first('reservations', 0, 'increment')),
  number1: first('reservations', 0, 'slots'),
  timeout1: first('reservations', 0, 'timeoutMin'),
  offset2: first('reservations', 1, 'offset'),
  number2: first('reservations', 1, 'slots'),
  timeout2: first('reservations', 1, 'timeoutMin'),
  'navigation.position.longitude': field('lon'),
  'navigation.position.latitude': field('lat'),
  'navigation.destination.commonName': field('destination'),
  'design.draft.current': field('draughtM'),
  'design.aisShipType.id': field('shipType'),
  'atonType.id': field('aidType'),
  'sensors.ais.fromBow': field('toBowM'),
};

/** Where a source departs from ITU-R M.1371-5, and we do not follow. */
const departures: readonly (readonly [type: number, name: string, why: string])[] = [
  [4, 'timestamp', 'written as a date of zeros where there is none'],
  [11, 'timestamp', 'written as a date with an hour of 26'],
  [26, 'dac', 'the two free bits behind the destination are not skipped'],
  [26, 'fid', 'the two free bits behind the destination are not skipped'],
  [9, 'speed', 'search and rescue aircraft send whole knots, not tenths'],
  [21, 'name', 'an @ inside the name is written as another sign'],
  [8, 'duration_minutes', 'the minute of the start stands there; the 18 bits behind it say 20'],
  [15, 'mmsi2', 'written as 0 where the message ends before it'],
];

/** Numbers within what a float32 keeps, yes and no as 1 and 0, texts without their filling; special values are null with us. */
function same(own: unknown, stated: unknown): boolean {
  if (own === null) return isSpecial(stated);
  if (typeof own === 'number') {
    const number = Number(stated);
    return Number.isFinite(number) && Math.abs(own - number) <= Math.max(1e-3, Math.abs(number) * 2e-7);
  }
  if (typeof own === 'boolean') return own === (stated === 1 || stated === true);
  return own === String(stated).replace(/@+$/, '').trimEnd();
}
const special = new Set<unknown>([null, 0, 102.3, 360, 511, 181, 91, '@@@']);
const isSpecial = (stated: unknown): boolean =>
  special.has(stated) || (typeof stated === 'number' && (Math.abs(stated) > 90 || stated === -731.386474609375));

function compare(message: AisMessage, stated: Stated, id: string): number {
  let compared = 0;
  for (const [name, value] of Object.entries(stated)) {
    const get = counterparts[name];
    const departs = departures.some(([type, of]) => type === message.type && of === name);
    const own = get?.(message);
    if (own === undefined || departs) continue;
    const theirs = /^(ne|sw)_(lon|lat)$/.test(name) && Math.abs(Number(value)) > 180 ? Number(value) / 60 : value;
    expect(same(own, theirs), `${id} ${name}: ${String(own)}, stated ${String(value)}`).toBe(true);
    compared++;
  }
  return compared;
}

describe.skipIf(!collection.present)(`collected messages (${cases.length})`, () => {
  it('is not an empty collection', () => expect(cases.length).toBe(39));

  it('reads every sound message as its source does, and refuses the others by reason', () => {
    const told: Record<string, number> = {};
    let compared = 0;
    for (const { id, sentences, expected, checksumOk, messageType } of cases) {
      const { messages, refusals } = hear(`${sentences?.join('\r\n')}\r\n`);
      for (const { refused } of refusals) told[refused] = (told[refused] ?? 0) + 1;
      if (checksumOk.includes(false)) {
        expect(refusals[0]?.refused, id).toBe('checksum');
        expect(messages, id).toEqual([]);
        continue;
      }
      if (messageType === 0) {
        expect(refusals[0]?.refused, id).toBe('unsupported');
        continue;
      }
      expect([messages.length, refusals], id).toEqual([1, []]);
      told.read = (told.read ?? 0) + 1;
      compared += compare(messages[0]!, expected, id);
    }
    expect(told).toEqual({ read: 33, checksum: 5, unsupported: 1, truncated: 1 });
    expect(compared).toBe(236);
  });

  it('reads gauges and several acknowledgements as their source does', () => {
    const of = (id: string) => cases.find((one) => one.id === id)!;
    const gauges = of('ais-a08d033cab');
    const [levels] = hear(gauges.sentences!.join('\n')).messages;
    const own = levels?.fields.content as { gauges: { gauge: number; levelM: number }[] };
    expect(own.gauges.map(({ gauge }) => gauge)).toEqual(gauges.expected.gauge_ids);
    // The source writes a negative level as a float32 of an unsigned number.
    expect(own.gauges.map(({ levelM }) => Math.fround(2 ** 32 + Math.round(levelM * 100)))).toEqual(
      gauges.expected.levels,
    );
    const acknowledged = of('ais-a73969ec89');
    const [acks] = hear(acknowledged.sentences!.join('\n')).messages;
    const list = acks?.fields.acknowledged as { mmsi: number; sequence: number }[];
    expect(list.map(({ mmsi, sequence }) => [mmsi, sequence])).toEqual(acknowledged.expected.acks);
  });

  it('reads the capture of every message type as its decoded twin', () => {
    const { messages, refusals } = hear(textOf(collection.bytes('typeexamples.nmea')));
    const twins: Stated[] = collection.lines('typeexamples.json');
    expect(refusals).toEqual([]);
    expect(messages.length).toBe(twins.length);
    let compared = 0;
    for (const [at, message] of messages.entries()) {
      // `mode` means something else in channel management and group assignment.
      const { mode, ...twin } = twins[at]!;
      compared += compare(message, message.type === 18 ? { ...twin, mode } : twin, `line ${at + 1}`);
    }
    const notice = twins.findIndex(({ sub_areas }) => sub_areas);
    const [circle] = twins[notice]!.sub_areas as Stated[];
    expect((messages[notice]!.fields.content as Stated).areas).toEqual([
      { shape: 0, lon: circle!.x, lat: circle!.y, decimals: circle!.precision, radiusM: circle!.radius },
    ]);
    expect(new Set(messages.map(({ type }) => type)).size).toBe(26);
    expect(compared).toBe(263);
  });

  it('aligns the second of a report with the time its receiver wrote', () => {
    const [, line] = textOf(collection.bytes('typeexamples.nmea')).split('\n');
    const stream = openDecodeStream(ais, { mode: 'records', options: {} });
    const [record] = [...stream.push(bytesOf(`${line}\n`))];
    // The remark says t050056.00, and the report second 56.
    expect(record?.kind === 'record' && record.record.sourceAt).toBe(Date.parse('2012-01-01T05:00:56Z'));
  });
});
