export const cityAddress = '/map/nanjing/districts.json';

type Ring = readonly (readonly number[])[];
export type District = {
  readonly properties: { readonly code: string };
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };
};

const ringsOf = ({ geometry }: District): readonly Ring[] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

export type Extent = {
  readonly west: number;
  readonly north: number;
  readonly perLon: number;
  readonly perLat: number;
  readonly width: number;
  readonly height: number;
};

const heightUnits = 100;

/** A sheet of paper a hundred high; a degree of longitude is shorter than one of latitude. */
export function extentOf(districts: readonly District[]): Extent {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of districts.flatMap(ringsOf).flat()) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const perLat = heightUnits / (north - south || 1);
  const perLon = perLat * Math.cos((((north + south) / 2) * Math.PI) / 180);
  return { west, north, perLon, perLat, width: (east - west) * perLon, height: heightUnits };
}

/** Kept on the sheet: a station far away stands at its edge. */
export function onPaper([lon, lat]: readonly [number, number], of: Extent): [number, number] {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Number(value.toFixed(2))));
  return [within((lon - of.west) * of.perLon, of.width), within((of.north - lat) * of.perLat, of.height)];
}

export const districtPath = (district: District, of: Extent): string =>
  ringsOf(district)
    .map((ring) => `M${ring.map(([lon = 0, lat = 0]) => onPaper([lon, lat], of).join(' ')).join('L')}Z`)
    .join('');
