import { attempt, createJsonReader, type JsonValue } from '../read-json.ts';
import { isObject, type JsonObject, nameOf, textOf } from '../read-json-document.ts';
import type { NgsiValue } from './message.ts';

const mostInstances = 1_000;
const typed = new Set(['Property', 'GeoProperty', 'LanguageProperty', 'JsonProperty', 'VocabProperty', 'ListProperty']);
const nothing = { unitCode: null, observedAt: null, datasetId: null };

/** `https://uri.etsi.org/ngsi-ld/default-context/temperature` → `temperature`; a prefix (`ngsi:`) likewise, an URN is left alone. */
export const localName = (name: string): string =>
  /^https?:\/\//.test(name)
    ? name.replace(/[/#]+$/, '').replace(/^.*[/#]/, '')
    : name.replace(/^(?!urn:)[A-Za-z][\w-]*:(?=[A-Za-z]\w*$)/, '');

/** The member of that name, whichever way the sender's context wrote it. */
export function member(of: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(of, name)) return of[name];
  const key = Object.keys(of).find((one) => localName(one) === name);
  return key === undefined ? undefined : of[key];
}

/** `{"@type": "DateTime", "@value": …}`, its relatives, and JSON-LD's lists of one. */
function bare(value: JsonValue | undefined): JsonValue {
  if (value === undefined) return null;
  if (Array.isArray(value)) {
    const [only] = value;
    return value.length === 1 && isObject(only) && Object.hasOwn(only, '@value') ? bare(only) : value;
  }
  if (!isObject(value)) return value === 'urn:ngsi-ld:null' ? null : value;
  if (Object.hasOwn(value, '@value')) return bare(value['@value']);
  const wrapped = textOf(value.type) ?? textOf(value['@type']);
  if (wrapped && localName(wrapped) === 'DateTime' && Object.hasOwn(value, 'value')) return bare(value.value);
  return value;
}

/** Chinese before English before what there is. */
function inLanguage(map: JsonValue | undefined): JsonValue {
  if (!isObject(map)) return null;
  const key = ['zh-CN', 'zh', 'zh-Hans', 'en'].find((one) => Object.hasOwn(map, one)) ?? Object.keys(map)[0];
  return key === undefined ? null : bare(map[key]);
}

const metadataOf = (of: JsonObject, ...names: string[]): JsonValue => {
  const all = of.metadata;
  if (!isObject(all)) return null;
  const found = names.map((name) => all[name]).find((one) => one !== undefined);
  return isObject(found) ? bare(found.value) : (found ?? null);
};

/** NGSI-LD lets a property have properties: some give the unit as one. */
function subUnitOf(of: JsonObject): string | null {
  const held = member(of, 'unit');
  return nameOf(isObject(held) ? bare(member(held, 'value')) : held);
}

const isWrapped = (of: JsonValue): of is { [key: string]: JsonValue } => {
  if (!isObject(of)) return false;
  if (member(of, 'value') !== undefined) return true;
  const type = textOf(of.type) ?? textOf(of['@type']);
  return type !== null && (localName(type) === 'Relationship' || typed.has(localName(type)));
};

const methods = { avg: 'avgOverTime', min: 'minOverTime', max: 'maxOverTime' } as const;

/** The aggregated temporal form: `{avg: [[value, from, to], …], max: …}`. */
function aggregated(of: JsonObject): Pick<NgsiValue, 'value' | 'observedAt'>[] {
  return Object.entries(methods).flatMap(([method, name]) => {
    const spans = member(of, method);
    return (Array.isArray(spans) ? spans : []).slice(0, mostInstances).flatMap((span) => {
      const [value = null, from, to] = Array.isArray(span) ? span.map(bare) : [];
      const [start, end] = [textOf(from), textOf(to)];
      return start && end ? [{ value: { [name]: value }, observedAt: `${start}/${end}` }] : [];
    });
  });
}

function unwrapped(of: JsonObject): NgsiValue[] {
  const unit = bare(member(of, 'unitCode'));
  const about = {
    unitCode: nameOf(unit) ?? nameOf(metadataOf(of, 'unitCode', 'unit')) ?? subUnitOf(of),
    observedAt: textOf(bare(member(of, 'observedAt'))) ?? textOf(metadataOf(of, 'timestamp', 'TimeInstant')),
    datasetId: textOf(bare(member(of, 'datasetId'))),
  };
  const series = of.values;
  // The simplified temporal form: [[value, time], …].
  if (Array.isArray(series))
    return series
      .slice(0, mostInstances)
      .flatMap((one) =>
        Array.isArray(one) && one.length === 2 ? [{ ...about, value: bare(one[0]), observedAt: textOf(one[1]) }] : [],
      );
  const summed = aggregated(of);
  if (summed.length > 0) return summed.map((one) => ({ ...about, ...one }));
  const languages = member(of, 'languageMap');
  if (languages !== undefined) return [{ ...about, value: inLanguage(languages) }];
  const held = ['value', 'object', 'json', 'vocab', 'valueList'].map((name) => member(of, name));
  const value = bare(held.find((one) => one !== undefined));
  const type = textOf(of.type);
  return [{ ...about, value: type?.startsWith('geo:') ? simpleLocation(type, value) : geoText(type, value) }];
}

/** NGSI-LD lets a geometry be a text that holds JSON. */
function geoText(type: string | null, value: JsonValue): JsonValue {
  if (type?.toLowerCase() !== 'geoproperty' || typeof value !== 'string') return value;
  const read = attempt(() => ({ json: createJsonReader(value).read() }));
  return 'json' in read ? read.json : value;
}

const pairOf = (text: JsonValue): JsonValue => {
  const match = typeof text === 'string' ? /^\s*(-?[\d.]{1,24})\s*,\s*(-?[\d.]{1,24})\s*$/.exec(text) : null;
  const [lat, lon] = match ? [Number(match[1]), Number(match[2])] : [Number.NaN, Number.NaN];
  return Number.isNaN(lat + lon) ? null : [lon, lat];
};

/** NGSI v2 simple locations are texts with latitude first. */
function simpleLocation(type: string, value: JsonValue): JsonValue {
  if (type === 'geo:point') return { type: 'Point', coordinates: pairOf(value) };
  if (!Array.isArray(value)) return value;
  const corners = value.slice(0, 20_000).map(pairOf);
  if (type === 'geo:line') return { type: 'LineString', coordinates: corners };
  if (type === 'geo:polygon') return { type: 'Polygon', coordinates: [corners] };
  const [one, other] = corners;
  if (type !== 'geo:box' || !Array.isArray(one) || !Array.isArray(other)) return value;
  const [west, south, east, north] = [one[0]!, one[1]!, other[0]!, other[1]!];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as JsonValue[];
  return { type: 'Polygon', coordinates: [ring] };
}

/** Normalized, concise, key-values, simplified temporal, JSON-LD expanded: an attribute's values, whatever it looks like. */
export function readAttribute(attribute: JsonValue): NgsiValue[] {
  if (isWrapped(attribute)) return unwrapped(attribute);
  if (Array.isArray(attribute) && attribute.length > 0 && attribute.every(isWrapped))
    return attribute.slice(0, mostInstances).flatMap(unwrapped);
  return [{ ...nothing, value: bare(attribute) }];
}
