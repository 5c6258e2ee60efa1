import { type LonLat, nowhere, type Place } from '@/server/domain/place.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { proposeKind } from '@/server/ops/signal-of-record.ts';
import { type Random, random } from '@/sim/random.ts';
import { nearMisses, nextCrossing } from './near-misses.ts';
import { placeWords } from './place-words.ts';
import { minuteMs, moved, normal, type Situation, situationOf } from './situation.ts';
import { type Part, situationKinds } from './situation-kinds.ts';

/** Synthetic: written situations, combined by a seed. `situation` is the truth that fusion has to find. */
export type Labelled = { readonly signal: Signal; readonly situation: string; readonly about: Situation };

export const seed = 20261125;
const fill = (template: string, of: Situation, by: Random): string =>
  template
    .replaceAll('{what}', of.what)
    .replaceAll('{floor}', String(by.chance(0.1) ? of.floor + 1 : of.floor))
    .replaceAll('{hurt}', of.hurt)
    .replaceAll('{plate}', of.plates[by.int(0, 1)]!);

type Line = { readonly phone: string; readonly text: string };

const openings = {
  train: ['', '', '', '你好，', '喂，', '麻烦快点，', '我要报警，'],
  heldOut: ['', '', '', '您好，', '赶紧来人，', '帮忙看一下，', '同志，'],
} as const;
const again = {
  train: ['我刚才打过电话，怎么还没来，', '再催一下，'],
  heldOut: ['前面报过一次了，人呢，', '还是刚才那个事，'],
} as const;

const wrap = {
  train: (place: string, matter: string) => `市民来电反映${place}${matter}，希望尽快处理。`,
  heldOut: (place: string, matter: string) => `来电人称：${place}${matter}。诉求：请相关单位到场处置并回复。`,
} as const;

type Channel = 'call' | 'case' | 'alarm' | 'report';

function channelOf(of: Situation, by: Random): Channel {
  if (of.kind.device && by.chance(0.14)) return 'alarm';
  if (of.kind.key === 'noise' || of.kind.key === 'facility') return by.chance(0.7) ? 'case' : 'call';
  return by.weighted([
    { weight: 68, channel: 'call' as const },
    { weight: 20, channel: 'case' as const },
    { weight: 12, channel: 'report' as const },
  ]).channel;
}

/** Where the feed says it is: by the line's position or the address, now and then rough, now and then not at all. */
function pointFor(of: Situation, channel: Channel, by: Random): Place {
  const at = (spreadM: number, source: Place['source'], text = ''): Place => ({
    ...nowhere,
    text,
    lonLat: moved(of.lonLat, normal(by) * spreadM, normal(by) * spreadM),
    district: of.district,
    source,
  });
  if (channel === 'alarm') return at(8, 'feed', of.spot?.estate ?? '');
  if (channel === 'report') return at(15, 'feed');
  const unknown: Place = { ...nowhere, district: by.chance(0.5) ? of.district : null };
  if (channel === 'case') return by.chance(0.55) ? unknown : at(50, 'feed');
  return by.chance(0.14) ? unknown : by.chance(0.17) ? at(260, 'caller') : at(40, 'feed');
}

function signalOf(
  of: Situation,
  part: Part,
  made: { by: Random; serial: number; lines: Line[]; orders: string[] },
): Labelled {
  const { by, serial, lines, orders } = made;
  const channel = channelOf(of, by);
  const delayMin = serial === 0 ? 0 : by.waiting(of.kind.spreadMin);
  const saidAt = of.at + delayMin * minuteMs;
  const before = lines.length > 0 && by.chance(0.12) ? by.pick(lines) : null;
  const phone = before?.phone ?? `13${by.int(0, 9)}${String(by.int(0, 99_999_999)).padStart(8, '0')}`;
  let text: string;
  let title = '';
  if (channel === 'alarm') {
    const where = of.spot ? `${of.spot.estate}${of.kind.setting === 'estate' ? `${of.building}栋` : ''}` : '';
    text = `${where} ${fill(by.pick(of.kind.device![part]), of, by)}`;
  } else if (channel === 'case') {
    // Orders of one thing are copied, and copied with another building put in.
    const copied = orders.length > 0 && by.chance(0.4) ? by.pick(orders) : null;
    const place = placeWords(of, part, by);
    const matter = fill(by.pick(of.kind.orders[part]), of, by);
    text = copied ?? wrap[part](place, matter);
    title = copied ? '' : `${place}${matter}`;
    orders.push(text);
  } else {
    const place = by.chance(0.07) ? '' : placeWords(of, part, by);
    const said = fill(by.pick(of.kind.said[part]), of, by);
    const opening = before && channel === 'call' ? by.pick(again[part]) : by.pick(openings[part]);
    text = by.chance(0.75)
      ? `${opening}${place}${place ? '，' : ''}${said}`
      : `${opening}${said}${place ? `，在${place}` : ''}`;
    lines.push({ phone, text });
  }
  const receivedAt = Math.round(
    saidAt + (channel === 'case' ? by.between(4, 18) * minuteMs : by.between(2_000, 40_000)),
  );
  const kind = channel === 'alarm' || by.chance(0.6) ? of.kind.code : null;
  const id = `${of.id}-${serial}`;
  const feed = { call: 'police-110', case: 'hotline-12345', alarm: 'devices', report: 'grid' }[channel];
  return {
    situation: of.id,
    about: of,
    signal: {
      id: id as Signal['id'],
      kind: channel,
      title: title || text.slice(0, 40),
      text,
      place: pointFor(of, channel, by),
      priority: 'P3',
      proposedKind: kind ?? proposeKind(null, text),
      reality: 'actual',
      department: null,
      source: { feed, scheme: 'push', key: channel === 'alarm' ? `${of.id}/${by.int(1, 3)}` : id, dedupeKey: id },
      callers: channel === 'call' ? [{ at: Math.round(saidAt), from: phone, text: null }] : [],
      unit: null,
      colour: null,
      expiresAt: null,
      observedAt: Math.round(saidAt),
      receivedAt,
      revision: 0,
      state: 'open',
      incident: null,
      dismissedReason: null,
      lead: null,
      fused: null,
      apart: [],
    },
  };
}

/** At one place and hour nobody could say whether these are one thing or two: no such pair is in the set. */
const together: readonly (readonly string[])[] = [
  ['homeFire', 'gas'],
  ['collision', 'waterlogging'],
  ['waterlogging', 'underpass', 'pipe'],
  ['pipe', 'collapse'],
  ['tree', 'facility'],
  ['crowd', 'medical', 'fight'],
  ['homeFire', 'lift'],
];
const mayGoTogether = (a: string, b: string): boolean =>
  a === b || together.some((group) => group.includes(a) && group.includes(b));

/** A third is told once, most a few times, a few by many. */
const countOf = (by: Random, most: number): number =>
  by.chance(0.33) ? 1 : Math.min(most, 2 + Math.floor(by.waiting(2)));

/** In the order in which the desk received it. */
const apartMs = 8 * 3_600_000;
/** Two things at one spot within a shift are there on purpose or not at all: what meets by chance has no truth to be told by. */
function placed(draw: () => Situation, begun: readonly Situation[]): Situation {
  for (;;) {
    const drawn = draw();
    const name = (of: Situation) => of.spot?.estate ?? of.highway?.name;
    if (!begun.some((one) => name(one) === name(drawn) && Math.abs(one.at - drawn.at) < apartMs)) return drawn;
  }
}

export function generate(part: Part, situations: number, from: number = seed): Labelled[] {
  const all: Labelled[] = [];
  const begun: Situation[] = [];
  for (let index = 0, made = 0; made < situations; index += 1) {
    const kind = situationKinds[index % situationKinds.length]!;
    const by = random(from, `${part}/${index}`);
    const id = `${part}-${kind.key}-${index}`;
    const base = placed(() => situationOf(by, { id, part, kind }), begun);
    const family = [base];
    if (by.chance(0.6))
      family.push({
        ...by.pick(kind.key === 'waterlogging' ? [nextCrossing] : nearMisses[kind.setting])(base, by),
        id: `${id}-near`,
      });
    // Another kind of thing at the very place and hour.
    if (base.spot && by.chance(0.15)) {
      const others = situationKinds.filter((one) => one.setting === kind.setting && !mayGoTogether(one.key, kind.key));
      const other = others.length > 0 ? by.pick(others) : null;
      if (other)
        family.push({
          ...base,
          kind: other,
          id: `${id}-other`,
          at: base.at + by.between(-15, 25) * minuteMs,
          what: by.pick(other.particulars),
          floor: by.int(2, 17),
        });
    }
    begun.push(...family);
    const orders: string[] = [];
    for (const situation of family) {
      made += 1;
      const lines: Line[] = [];
      const count = countOf(by, situation.kind.most);
      for (let serial = 0; serial < count; serial += 1)
        all.push(signalOf(situation, part, { by, serial, lines, orders: situation === base ? orders : [] }));
    }
  }
  return all.sort((a, b) => a.signal.receivedAt - b.signal.receivedAt);
}

/** What `count` people say of one fire within eight minutes, each with the point of the line; held-out wordings. */
export function callsOfOneFire(
  count: number,
): readonly { readonly text: string; readonly at: LonLat; readonly from: string; readonly saidAt: number }[] {
  const part: Part = 'heldOut';
  const by = random(seed, 'one fire');
  const kind = situationKinds.find((one) => one.key === 'homeFire')!;
  const fire = situationOf(by, { id: 'fire', part, kind });
  return Array.from({ length: count }, (_, index) => {
    const place = by.chance(0.15) ? '' : placeWords(fire, part, by);
    const spreadM = by.chance(0.1) ? 150 : 40;
    return {
      text: `${by.pick(openings[part])}${place}${place ? '，' : ''}${fill(by.pick(kind.said[part]), fire, by)}`,
      at: moved(fire.lonLat, normal(by) * spreadM, normal(by) * spreadM),
      from: `13${String(100_000_000 + index * 7_919).slice(-9)}`,
      saidAt: Math.round(fire.at + (index / count) * 8 * minuteMs),
    };
  });
}
