import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { describe as describeStations } from './describe.ts';
import type { Gb28181Message } from './message.ts';
import { bytesOf, camera, type DocumentName, documents, message, recorder } from './testing/vectors.ts';

const changed = (name: DocumentName, from: string, to: string) => bytesOf(documents[name].replace(from, to));

const context = { crs: 'wgs84', department: 'police', expectedIntervalS: 60 } as const;
const said = (bytes: Uint8Array) => describeStations(decode(bytes) as Gb28181Message, context);

describe('what messages describe', () => {
  it('a catalogue: its cameras and whoever sends it; never all there are', () => {
    const { stations, whole } = said(message('catalog')) ?? { stations: [], whole: true };
    expect(whole).toBe(false);
    expect(stations.map(({ key, kind, name }) => [key, kind, name])).toContainEqual([camera, 'camera', '新街口']);
    expect(stations[0]).toMatchObject({ key: recorder, name: recorder, expectedIntervalS: 60, lonLat: null });
  });

  it('DeviceInfo: the name of a recorder, not of a camera', () => {
    expect(said(message('deviceInfo'))?.stations).toMatchObject([{ key: recorder, name: '鼓楼' }]);
    expect(said(changed('deviceInfo', recorder, camera))).toBeNull();
  });

  it('a change of state describes nothing; an added camera is described, one that is taken away retired', () => {
    expect(said(message('catalogChange'))).toBeNull();
    expect(said(changed('catalogChange', '<Event>OFF</Event>', '<Event>UPDATE</Event>'))).toBeNull();
    const added = changed('catalogChange', '<Event>OFF</Event>', '<Event>ADD</Event><Name>A</Name>');
    expect(said(added)?.stations).toMatchObject([{ key: camera, name: 'A', state: 'registered' }]);
    const gone = changed('catalogChange', '<Event>OFF</Event>', '<Event>DEL</Event>');
    expect(said(gone)?.stations).toMatchObject([{ key: camera, state: 'retired' }]);
  });

  it('keepalives, alarms and queries describe nothing', () => {
    const query = '<Query><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>32010000001180000001</DeviceID></Query>';
    for (const bytes of [message('keepalive'), message('alarm'), bytesOf(query)]) expect(said(bytes)).toBeNull();
  });
});
