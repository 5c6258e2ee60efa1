import type { Station } from '@/server/domain/station.ts';
import { stationId } from '@/server/domain/station.ts';
import type { CrsName } from '@/server/wire/record.ts';
import { toWgs84 } from '../datum.ts';
import { readCode } from './code.ts';
import { numberIn, scheme } from './envelope.ts';
import { itemsIn, textIn, type Values } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';

export type CatalogSettings = {
  /** The datum its positions are in; no message says. */
  readonly crs: CrsName;
  readonly department: string | null;
  readonly demo?: boolean;
};

export type CatalogEntry = {
  readonly deviceId: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly status: string | null;
  readonly lonLat: [number, number] | null;
};

/** Types of code that see something; recorders, platforms, groups and areas in the same list do not. */
const cameraTypes = new Set(['131', '132']);
/** A code that is not of 20 digits may be a camera of an older make, but an area has up to eight digits. */
const isCamera = (item: Values, deviceId: string): boolean => {
  const code = readCode(deviceId);
  if (code) return cameraTypes.has(code.type);
  return deviceId.length > 8 && textIn(item, 'Parental') === '0' && textIn(item, 'Status') !== null;
};

/** A change of state (§9.11.4: ON, OFF, VLOST …) says which camera and nothing of it. */
const describes = (item: Values, root: string): boolean => {
  const event = textIn(item, 'Event')?.toUpperCase() ?? null;
  if (event === 'DEL') return true;
  return (
    root === 'Response' || ((event === null || event === 'ADD' || event === 'UPDATE') && textIn(item, 'Name') !== null)
  );
};

const district = (code: string | null): string | null => /^\d{6}/.exec(code ?? '')?.[0] ?? null;

export function entryOf(item: Values, crs: CrsName): CatalogEntry | null {
  const deviceId = textIn(item, 'DeviceID');
  if (!deviceId || deviceId.length > 64) return null;
  const [lon, lat] = [numberIn(item, 'Longitude'), numberIn(item, 'Latitude')];
  const somewhere =
    lon !== null && lat !== null && (lon !== 0 || lat !== 0) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return {
    deviceId,
    name: (textIn(item, 'Name') ?? deviceId).slice(0, 200),
    parentId: textIn(item, 'ParentID'),
    status: textIn(item, 'Status'),
    lonLat: somewhere ? toWgs84([lon, lat], crs) : null,
  };
}

/**
 * The cameras that one or more parts of a catalogue name, as the register keeps them. A camera named twice is as the later part says; one that
 * a notification takes away is retired.
 */
export function stationsOfCatalog(parts: readonly Gb28181Message[], settings: CatalogSettings): Station[] {
  const stations = new Map<string, Station>();
  for (const { body } of parts) {
    if (body?.command !== 'Catalog' || (body.root !== 'Response' && body.root !== 'Notify')) continue;
    for (const item of itemsIn(body.values, 'DeviceList')) {
      const entry = entryOf(item, settings.crs);
      if (!entry || !describes(item, body.root) || !isCamera(item, entry.deviceId)) continue;
      stations.set(entry.deviceId, {
        id: stationId(scheme, entry.deviceId),
        scheme,
        key: entry.deviceId,
        kind: 'camera',
        name: entry.name,
        department: settings.department,
        lonLat: entry.lonLat,
        district: district(textIn(item, 'CivilCode')),
        address: (textIn(item, 'Address') ?? '').slice(0, 500),
        verticalDatum: 'unknown',
        expectedIntervalS: null,
        measures: [{ property: 'online', unit: '1', thresholds: [], maximum: null }],
        demo: settings.demo ?? false,
        state: textIn(item, 'Event')?.toUpperCase() === 'DEL' ? 'retired' : 'registered',
      });
    }
  }
  return [...stations.values()];
}
