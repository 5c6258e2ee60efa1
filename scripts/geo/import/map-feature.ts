import type { Tags } from '@/server/places/osm/read-block.ts';

export const mapLayers = ['green', 'site', 'water', 'stream', 'building', 'rail', 'road', 'place', 'poi'] as const;
export type MapLayerName = (typeof mapLayers)[number];
export type MapProperties = Readonly<Record<string, string | number>>;
/** What the base map shows of a thing, and from which zoom on. */
export type Drawn = { readonly layer: MapLayerName; readonly minZoom: number; readonly properties: MapProperties };

export const tileZooms = { min: 6, max: 14 } as const;

type Rank = readonly [group: string, minZoom: number];
const roads: Readonly<Record<string, Rank>> = {
  motorway: ['motorway', 6],
  trunk: ['trunk', 7],
  primary: ['primary', 8],
  secondary: ['secondary', 10],
  tertiary: ['tertiary', 11],
  motorway_link: ['link', 11],
  trunk_link: ['link', 11],
  primary_link: ['link', 12],
  secondary_link: ['link', 13],
  tertiary_link: ['link', 13],
  unclassified: ['minor', 12],
  residential: ['minor', 12],
  living_street: ['minor', 13],
  road: ['minor', 13],
  busway: ['minor', 13],
  pedestrian: ['service', 13],
  service: ['service', 14],
  track: ['service', 14],
  footway: ['path', 14],
  path: ['path', 14],
  cycleway: ['path', 14],
  steps: ['path', 14],
};
const green = new Set([
  'forest',
  'grass',
  'meadow',
  'orchard',
  'cemetery',
  'recreation_ground',
  'village_green',
  'vineyard',
  'allotments',
]);
const greenLeisure = new Set(['park', 'garden', 'golf_course', 'nature_reserve']);
const greenNatural = new Set(['wood', 'scrub', 'heath', 'grassland', 'wetland']);
const sites = new Set(['industrial', 'commercial', 'retail', 'railway', 'education']);
const siteAmenities = new Set(['school', 'university', 'college', 'hospital', 'bus_station']);

export const namesOf = (tags: Tags): MapProperties => {
  const name = tags.get('name') ?? tags.get('name:zh') ?? tags.get('ref');
  const nameEn = tags.get('name:en') ?? tags.get('int_name');
  return { ...(name ? { name } : {}), ...(nameEn ? { nameEn } : {}) };
};

export function drawnLine(tags: Tags): Drawn | null {
  const road = roads[tags.get('highway') ?? ''];
  if (road && tags.get('area') !== 'yes') {
    const [group, minZoom] = road;
    const ref = tags.get('ref');
    const tunnel = tags.get('tunnel');
    const bridge = tags.get('bridge');
    return {
      layer: 'road',
      minZoom,
      properties: {
        class: group,
        ...namesOf(tags),
        ...(ref && ['motorway', 'trunk', 'primary'].includes(group) ? { ref } : {}),
        ...(tunnel && tunnel !== 'no'
          ? { structure: 'tunnel' }
          : bridge && bridge !== 'no'
            ? { structure: 'bridge' }
            : {}),
      },
    };
  }
  const waterway = tags.get('waterway');
  if (waterway === 'river' || waterway === 'canal')
    return { layer: 'stream', minZoom: 9, properties: { class: 'river', ...namesOf(tags) } };
  if (waterway === 'stream' || waterway === 'ditch' || waterway === 'drain')
    return { layer: 'stream', minZoom: 13, properties: { class: 'stream', ...namesOf(tags) } };
  const railway = tags.get('railway');
  if (railway === 'rail' || railway === 'subway' || railway === 'light_rail' || railway === 'monorail')
    return {
      layer: 'rail',
      minZoom: tags.has('service') ? 13 : 10,
      properties: { class: railway === 'rail' ? 'rail' : 'metro' },
    };
  return null;
}

export function drawnArea(tags: Tags): Drawn | null {
  const natural = tags.get('natural');
  const landuse = tags.get('landuse') ?? '';
  const leisure = tags.get('leisure') ?? '';
  if (natural === 'water' || tags.get('waterway') === 'riverbank' || landuse === 'reservoir' || landuse === 'basin') {
    const river = tags.get('water') === 'river' || tags.get('waterway') === 'riverbank';
    return { layer: 'water', minZoom: 6, properties: { class: river ? 'river' : 'lake', ...namesOf(tags) } };
  }
  const building = tags.get('building');
  if (building && building !== 'no') return { layer: 'building', minZoom: 13, properties: {} };
  if (green.has(landuse) || greenLeisure.has(leisure) || greenNatural.has(natural ?? ''))
    return { layer: 'green', minZoom: 9, properties: {} };
  if (sites.has(landuse) || siteAmenities.has(tags.get('amenity') ?? ''))
    return { layer: 'site', minZoom: 11, properties: {} };
  return null;
}

const settlements: Readonly<Record<string, number>> = {
  city: 6,
  town: 9,
  suburb: 11,
  quarter: 12,
  neighbourhood: 13,
  village: 12,
  hamlet: 13,
  locality: 14,
};

/** Points with a name: settlements, and what people tell a place by. */
export function drawnPoint(tags: Tags): Drawn | null {
  const names = namesOf(tags);
  if (!('name' in names)) return null;
  const place = settlements[tags.get('place') ?? ''];
  if (place !== undefined)
    return { layer: 'place', minZoom: place, properties: { class: tags.get('place') ?? '', ...names } };
  const landmark = landmarkOf(tags);
  if (!landmark) return null;
  return { layer: 'poi', minZoom: landmark.minZoom, properties: { class: landmark.kind, ...names } };
}

type Landmark = { readonly kind: string; readonly minZoom: number };
const byTag: readonly (readonly [key: string, values: readonly string[] | null, kind: string, minZoom: number])[] = [
  ['aeroway', ['aerodrome', 'terminal'], 'airport', 10],
  ['railway', ['station', 'halt'], 'station', 12],
  ['station', null, 'station', 12],
  ['public_transport', ['station'], 'station', 13],
  ['amenity', ['hospital', 'fire_station', 'police'], 'rescue', 13],
  ['amenity', ['clinic', 'doctors'], 'health', 14],
  ['amenity', ['university', 'college', 'school', 'kindergarten'], 'school', 14],
  [
    'amenity',
    [
      'townhall',
      'courthouse',
      'library',
      'theatre',
      'cinema',
      'marketplace',
      'bus_station',
      'place_of_worship',
      'fuel',
      'parking',
      'bank',
      'post_office',
      'community_centre',
      'social_facility',
    ],
    'public',
    14,
  ],
  ['office', ['government'], 'public', 14],
  ['shop', ['mall', 'department_store', 'supermarket'], 'shop', 14],
  ['tourism', ['hotel', 'hostel', 'motel', 'guest_house', 'apartment', 'information'], 'public', 14],
  ['tourism', null, 'sight', 13],
  ['historic', null, 'sight', 13],
  ['leisure', ['park', 'stadium', 'sports_centre', 'garden'], 'park', 13],
  ['natural', ['peak', 'water', 'wood'], 'nature', 13],
  ['man_made', ['works', 'tower', 'water_works', 'wastewater_plant', 'bridge'], 'works', 14],
  ['landuse', ['industrial', 'retail', 'commercial', 'residential'], 'site', 14],
  ['building', null, 'building', 14],
];

/** By what kind of thing a named place is known; null: nobody is told a place by it. */
export function landmarkOf(tags: Tags): Landmark | null {
  for (const [key, values, kind, minZoom] of byTag) {
    const value = tags.get(key);
    if (value && value !== 'no' && (values === null || values.includes(value))) return { kind, minZoom };
  }
  return null;
}
