import { type Station, stationId } from '@/server/domain/station.ts';
import type { DescribeContext, Description } from '../contract.ts';
import { stationsOfCatalog } from './catalog.ts';
import { scheme } from './envelope.ts';
import { type Manscdp, textIn } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';

/** Codes of what sees something; every other device that answers for itself stands behind cameras. */
const cameraTypes: ReadonlySet<string> = new Set(['131', '132']);

/** The recorder or platform that answers: its catalogue says that it is there, DeviceInfo what it is called. A camera's own name is its catalogue's. */
function senderOf(body: Manscdp, { department, expectedIntervalS }: DescribeContext): Station | null {
  const { deviceId, code, values } = body;
  if (deviceId.length > 64 || code === null || cameraTypes.has(code.type)) return null;
  const named = body.command === 'DeviceInfo' ? textIn(values, 'DeviceName') : null;
  return {
    id: stationId(scheme, deviceId),
    scheme,
    key: deviceId,
    kind: 'camera',
    name: (named ?? deviceId).slice(0, 200),
    department,
    lonLat: null,
    district: null,
    address: '',
    verticalDatum: 'unknown',
    expectedIntervalS,
    measures: [{ property: 'online', unit: '1', thresholds: [], maximum: null }],
    demo: false,
    state: 'registered',
  };
}

/** A catalogue comes in parts, and answers for one device of many: what it does not name is not gone. */
export function describe(message: Gb28181Message, context: DescribeContext): Description | null {
  const { body } = message;
  if (!body) return null;
  const cameras = stationsOfCatalog([message], context);
  const answers = body.root === 'Response' && (body.command === 'Catalog' || body.command === 'DeviceInfo');
  const sender = answers ? senderOf(body, context) : null;
  const stations = sender ? [sender, ...cameras.filter(({ id }) => id !== sender.id)] : cameras;
  return stations.length === 0 ? null : { stations, whole: false };
}
