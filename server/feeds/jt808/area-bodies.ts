import { readBeijingTime } from '../bcd-time.ts';
import { ByteReader } from '../byte-reader.ts';
import { refuse } from '../refusal.ts';
import { fields, listOf32, type Read } from './body-fields.ts';
import type { Header } from './header.ts';

/** `forced` stands in for the attributes where a sender writes the fields whatever they say. */
type Item = (reader: ByteReader, header: Header, forced: number) => Record<string, unknown>;

const timed = 1;
const limited = 2;
const degrees = (reader: ByteReader): number => reader.u32() / 1e6;
/** An area that holds every day has zeros for the date: the digits are shown as they are. */
const moment = (reader: ByteReader): string => {
  const digits = reader.hex(6);
  return readBeijingTime(digits) ?? digits;
};
const period = (reader: ByteReader, attributes: number) =>
  attributes & timed ? { from: moment(reader), until: moment(reader) } : {};
const speedLimit = (reader: ByteReader, attributes: number) =>
  attributes & limited ? { maximumKmh: reader.u16(), overspeedS: reader.u8() } : {};
/** 2019 adds a limit for the night and a name. */
const nightAndName = (reader: ByteReader, { version }: Header, attributes: number) =>
  version === '2019'
    ? { ...(attributes & limited && { nightMaximumKmh: reader.u16() }), name: reader.text(reader.u16()) }
    : {};
const head = (reader: ByteReader) => ({ id: reader.u32(), attributes: reader.u16() });
const listOf = <Of>(reader: ByteReader, count: number, read: () => Of): Of[] => {
  const list: Of[] = [];
  while (list.length < count && !reader.overran) list.push(read());
  return list;
};

const circle: Item = (reader, header, forced) => {
  const { id, attributes } = head(reader);
  const [lat, lon, radiusM] = [degrees(reader), degrees(reader), reader.u32()];
  return { id, attributes, lat, lon, radiusM, ...rest(reader, header, attributes | forced) };
};
const rectangle: Item = (reader, header, forced) => {
  const { id, attributes } = head(reader);
  const [north, west, south, east] = [degrees(reader), degrees(reader), degrees(reader), degrees(reader)];
  return { id, attributes, north, west, south, east, ...rest(reader, header, attributes | forced) };
};
const rest: (reader: ByteReader, header: Header, attributes: number) => object = (reader, header, attributes) => ({
  ...period(reader, attributes),
  ...speedLimit(reader, attributes),
  ...nightAndName(reader, header, attributes),
});
const polygon: Item = (reader, header, forced) => {
  const { id, attributes } = head(reader);
  const has = attributes | forced;
  return {
    id,
    attributes,
    ...period(reader, has),
    ...speedLimit(reader, has),
    points: listOf(reader, reader.u16(), () => ({ lat: degrees(reader), lon: degrees(reader) })),
    ...nightAndName(reader, header, has),
  };
};
const route: Item = (reader, header, forced) => {
  const { id, attributes } = head(reader);
  const turn = () => {
    const at = { pointId: reader.u32(), segmentId: reader.u32(), lat: degrees(reader), lon: degrees(reader) };
    const [widthM, segment] = [reader.u8(), reader.u8()];
    return {
      ...at,
      widthM,
      attributes: segment,
      ...(segment & 1 && { tooLongS: reader.u16(), tooShortS: reader.u16() }),
      ...speedLimit(reader, segment),
      ...(header.version === '2019' && segment & limited && { nightMaximumKmh: reader.u16() }),
    };
  };
  return {
    id,
    attributes,
    ...period(reader, attributes | forced),
    points: listOf(reader, reader.u16(), turn),
    ...(header.version === '2019' && { name: reader.text(reader.u16()) }),
  };
};

type Layout = (reader: ByteReader, header: Header) => Record<string, unknown>;

/** The first layout that ends where the body ends; a body that none fits is refused by what the standard's own layout says of it. */
const exactly =
  (...layouts: readonly Layout[]): Read =>
  (reader, header) => {
    const from = reader.at;
    for (const read of layouts) {
      reader.at = from;
      reader.overran = false;
      const body = read(reader, header);
      if (!reader.overran && reader.left === 0) return { body };
    }
    reader.at = from;
    reader.overran = false;
    layouts[0]!(reader, header);
    const ends = reader.overran ? 'ends inside a field' : `goes on for ${reader.left} bytes`;
    return refuse('length', `the body of ${reader.bytes.length} bytes ${ends}`, reader.at);
  };

const many = (item: Item): Read => {
  const read =
    (forced: number): Layout =>
    (reader, header) => ({
      action: reader.u8(),
      areas: listOf(reader, reader.u8(), () => item(reader, header, forced)),
    });
  return exactly(read(0), read(timed | limited));
};
const one = (item: Item): Read => {
  const read =
    (forced: number): Layout =>
    (reader, header) => ({ areas: [item(reader, header, forced)] });
  return exactly(read(0), read(timed | limited));
};

export const setCircles = many(circle);
export const setRectangles = many(rectangle);
export const setPolygon = one(polygon);
export const setRoute = one(route);

const shapes = ['circle', 'rectangle', 'polygon', 'route'] as const;
const items: Readonly<Record<(typeof shapes)[number], Item>> = { circle, rectangle, polygon, route };

export const queryAreas = fields((reader) => ({
  shape: shapes[reader.u8() - 1] ?? 'unknown',
  areaIds: listOf32(reader, reader.u32()),
}));

const settings: Readonly<Record<(typeof shapes)[number], Item>> = {
  circle: (reader, header) => settingOf(circle, reader, header),
  rectangle: (reader, header) => settingOf(rectangle, reader, header),
  polygon,
  route,
};
const settingOf = (item: Item, reader: ByteReader, header: Header) => ({
  action: reader.u8(),
  areas: listOf(reader, reader.u8(), () => item(reader, header, 0)),
});

/**
 * 0x0608: what is asked for, laid out as it was set. The standard leaves open whether circles and rectangles come one by one or as the
 * whole body that set them; whichever ends where the body ends is right. Some terminals answer with the numbers alone.
 */
export const areasAnswer: Read = (reader, header) => {
  const code = reader.u8();
  const [shape, count] = [shapes[code - 1] ?? null, reader.u32()];
  const body = { shape: shape ?? 'unknown', shapeCode: code, count };
  if (reader.overran) return { body };
  const rest = reader.rest();
  if (rest.length === count * 4) return { body: { ...body, areaIds: listOf32(new ByteReader(rest), count) } };
  for (const read of shape ? [items[shape], settings[shape]] : []) {
    const areas = new ByteReader(rest);
    const list = listOf(areas, count, () => read(areas, header, 0));
    if (!areas.overran && areas.left === 0) return { body: { ...body, areas: list } };
  }
  return { body: { ...body, bytes: rest }, flags: ['partial'] };
};
