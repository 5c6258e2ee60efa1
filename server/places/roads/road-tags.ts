import type { Tags } from '../osm/read-block.ts';
import { type RoadClass, roadClasses } from './road-speeds.ts';

export type RoadRule = {
  readonly roadClass: RoadClass;
  readonly forward: boolean;
  readonly backward: boolean;
  /** Closed to the public, open to vehicles on duty. */
  readonly emergencyOnly: boolean;
  /** Signed limits by direction, 0: none. */
  readonly limitKmh: readonly [forward: number, backward: number];
  readonly structure: 'bridge' | 'tunnel' | null;
  readonly roundabout: boolean;
};

const classSet = new Set<string>(roadClasses);
const emergencyClasses = new Set<RoadClass>(['track', 'busway', 'pedestrian']);
const closed = new Set(['no', 'agricultural', 'forestry', 'military', 'use_sidepath']);
const restricted = new Set(['private', 'permit', 'residents', 'employees', 'delivery', 'emergency', 'psv', 'bus']);
const kmhPerMile = 1.609344;

/** How a way may be driven; null where it is no road for cars (OSM wiki: Key:highway, Key:access, Key:oneway). */
export function roadRule(tags: Tags): RoadRule | null {
  const highway = tags.get('highway');
  if (!highway || !classSet.has(highway) || tags.get('area') === 'yes') return null;
  const roadClass = highway as RoadClass;
  const access = accessOf(tags, roadClass);
  if (access === 'closed') return null;
  const oneway = onewayOf(tags, roadClass);
  if (oneway === 'closed') return null;
  const both = limitOf(tags.get('maxspeed'));
  return {
    roadClass,
    forward: oneway !== 'backward',
    backward: oneway !== 'forward',
    emergencyOnly: access === 'emergency',
    limitKmh: [limitOf(tags.get('maxspeed:forward')) ?? both ?? 0, limitOf(tags.get('maxspeed:backward')) ?? both ?? 0],
    structure: structureOf(tags),
    roundabout: isRoundabout(tags),
  };
}

/** The most particular word counts: motorcar before motor_vehicle before vehicle before access. */
function accessOf(tags: Tags, roadClass: RoadClass): 'open' | 'emergency' | 'closed' {
  const word = ['motorcar', 'motor_vehicle', 'vehicle', 'access'].map((key) => tags.get(key)).find((said) => said);
  const emergency = tags.get('emergency');
  const onDuty = emergency === 'yes' || emergency === 'designated' || emergency === 'official';
  if (tags.get('impassable') === 'yes' || tags.get('smoothness') === 'impassable') return 'closed';
  if (word && closed.has(word)) return onDuty ? 'emergency' : 'closed';
  if (word && restricted.has(word)) return emergency === 'no' ? 'closed' : 'emergency';
  if (emergencyClasses.has(roadClass) && !(word && ['yes', 'designated', 'destination', 'permissive'].includes(word)))
    return emergency === 'no' ? 'closed' : 'emergency';
  return 'open';
}

const isRoundabout = (tags: Tags) => tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular';

function onewayOf(tags: Tags, roadClass: RoadClass): 'forward' | 'backward' | 'both' | 'closed' {
  const word = tags.get('oneway:motorcar') ?? tags.get('oneway:motor_vehicle') ?? tags.get('oneway');
  if (word === 'yes' || word === 'true' || word === '1') return 'forward';
  if (word === '-1' || word === 'reverse') return 'backward';
  if (word === 'no' || word === 'false' || word === '0' || word === 'alternating') return 'both';
  if (word === 'reversible') return 'closed'; // which way it runs just now is not in the data
  return roadClass === 'motorway' || isRoundabout(tags) ? 'forward' : 'both';
}

function structureOf(tags: Tags): RoadRule['structure'] {
  const tunnel = tags.get('tunnel');
  if (tunnel && tunnel !== 'no' && tunnel !== 'building_passage') return 'tunnel';
  const bridge = tags.get('bridge');
  return bridge && bridge !== 'no' ? 'bridge' : null;
}

/** `50`, `50 km/h`, `30 mph`, `walk`, lists (the least counts); null for what names no number. */
export function limitOf(text: string | undefined): number | null {
  if (!text) return null;
  const speeds = text.split(';').flatMap((part) => {
    const word = part.trim().toLowerCase();
    if (word === 'walk') return [6];
    const read = /^(\d{1,3}(?:\.\d+)?)\s*(mph|km\/?h|kph)?$/.exec(word);
    const value = read ? Number(read[1]) * (read[2] === 'mph' ? kmhPerMile : 1) : 0;
    return value > 0 ? [value] : [];
  });
  return speeds.length ? Math.min(250, Math.max(1, Math.round(Math.min(...speeds)))) : null;
}

const barriers = new Set([
  'bollard',
  'block',
  'jersey_barrier',
  'log',
  'debris',
  'cycle_barrier',
  'turnstile',
  'stile',
]);
const gates = new Set(['gate', 'lift_gate', 'swing_gate', 'chain', 'sliding_gate']);

/** Whether nobody drives over this node. A gate without a word about access is opened. */
export function blocksCars(tags: Tags): boolean {
  const barrier = tags.get('barrier');
  if (!barrier) return false;
  const word = ['motorcar', 'motor_vehicle', 'vehicle', 'access'].map((key) => tags.get(key)).find((said) => said);
  const emergency = tags.get('emergency');
  if (emergency === 'yes' || emergency === 'designated') return false;
  if (barriers.has(barrier)) return word === undefined || closed.has(word) || restricted.has(word);
  return gates.has(barrier) && word !== undefined && closed.has(word);
}
