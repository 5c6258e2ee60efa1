import { beijingTime } from '../beijing-time.ts';
import { gbk } from '../jt808/gbk.ts';

/** Bodies of GB/T 28181-2016 annex A, written from its element definitions. GB2312, as the standard asks. */
export type Camera = {
  readonly id: string;
  readonly name: string;
  readonly at: readonly [number, number] | null;
  readonly online: boolean;
  /** Six digits of the district. */
  readonly civilCode: string;
  readonly address: string;
};

type Tree = readonly (readonly [name: string, value: string | number | Tree])[];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const write = (tree: Tree, indent = ''): string =>
  tree
    .map(([name, value]) => {
      const tag = name.split(' ')[0];
      return typeof value === 'object'
        ? `${indent}<${name}>\r\n${write(value, `${indent}  `)}${indent}</${tag}>\r\n`
        : `${indent}<${name}>${escaped(String(value))}</${tag}>\r\n`;
    })
    .join('');

const document = (
  root: string,
  command: string,
  { sn, deviceId }: { sn: number | string; deviceId: string },
  rest: Tree,
): Buffer =>
  gbk(
    `<?xml version="1.0" encoding="GB2312"?>\r\n${write([[root, [['CmdType', command], ['SN', sn], ['DeviceID', deviceId], ...rest]]])}`,
  );

/** `dateTime` without a zone: Beijing. */
export function localTime(atMs: number): string {
  const t = beijingTime(atMs);
  return `${t.year}-${t.month}-${t.day}T${t.hour}:${t.minute}:${t.second}`;
}

type Of = { readonly sn: number | string; readonly deviceId: string };

export const keepalive = (of: Of, faulty: readonly string[] = []): Buffer =>
  document('Notify', 'Keepalive', of, [
    ['Status', 'OK'],
    ...(faulty.length > 0 ? [['Info', faulty.map((id) => ['DeviceID', id] as const)] as const] : []),
  ]);

export type Fix = {
  readonly atMs: number;
  readonly at: readonly [number, number];
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly altitudeM: number;
};

export const mobilePosition = (of: Of, { atMs, at, speedMps, headingDeg, altitudeM }: Fix): Buffer =>
  document('Notify', 'MobilePosition', of, [
    ['Time', localTime(atMs)],
    ['Longitude', at[0].toFixed(6)],
    ['Latitude', at[1].toFixed(6)],
    ['Speed', (speedMps * 3.6).toFixed(1)],
    ['Direction', headingDeg.toFixed(1)],
    ['Altitude', altitudeM.toFixed(1)],
  ]);

export type Alarm = {
  readonly atMs: number;
  readonly priority: 1 | 2 | 3 | 4;
  readonly method: number;
  readonly type?: number;
  readonly entering?: boolean;
  readonly description: string;
  readonly at: readonly [number, number] | null;
};

export const alarm = (of: Of, { atMs, priority, method, type, entering, description, at }: Alarm): Buffer =>
  document('Notify', 'Alarm', of, [
    ['AlarmPriority', priority],
    ['AlarmMethod', method],
    ['AlarmTime', localTime(atMs)],
    ['AlarmDescription', description],
    ...(at
      ? ([
          ['Longitude', at[0].toFixed(6)],
          ['Latitude', at[1].toFixed(6)],
        ] as const)
      : []),
    ...(type === undefined
      ? []
      : [
          [
            'Info',
            [
              ['AlarmType', type],
              ...(entering === undefined ? [] : [['AlarmTypeParam', [['EventType', entering ? 1 : 2]]] as const]),
            ],
          ] as const,
        ]),
  ]);

/** So many entries of a catalogue fit a datagram. */
const itemsAtOnce = 2;

/** An answer in parts that share SN and state the sum of all. */
export function catalog(of: Of, cameras: readonly Camera[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let from = 0; from < cameras.length || parts.length === 0; from += itemsAtOnce) {
    const some = cameras.slice(from, from + itemsAtOnce);
    parts.push(
      document('Response', 'Catalog', of, [
        ['SumNum', cameras.length],
        [
          `DeviceList Num="${some.length}"`,
          some.map(
            (camera) =>
              [
                'Item',
                [
                  ['DeviceID', camera.id],
                  ['Name', camera.name],
                  ['Manufacturer', 'City Sim'],
                  ['Model', 'IPC-1'],
                  ['Owner', 'Owner'],
                  ['CivilCode', camera.civilCode],
                  ['Address', camera.address],
                  ['Parental', 0],
                  ['ParentID', of.deviceId],
                  ['SafetyWay', 0],
                  ['RegisterWay', 1],
                  ['Secrecy', 0],
                  ['Status', camera.online ? 'ON' : 'OFF'],
                  ...(camera.at
                    ? ([
                        ['Longitude', camera.at[0].toFixed(6)],
                        ['Latitude', camera.at[1].toFixed(6)],
                      ] as const)
                    : []),
                ],
              ] as const,
          ),
        ],
      ]),
    );
  }
  return parts;
}

export const deviceStatus = (of: Of, online: boolean, atMs: number): Buffer =>
  document('Response', 'DeviceStatus', of, [
    ['Result', 'OK'],
    ['Online', online ? 'ONLINE' : 'OFFLINE'],
    ['Status', 'OK'],
    ['Encode', 'ON'],
    ['Record', 'ON'],
    ['DeviceTime', localTime(atMs)],
  ]);

export const deviceInfo = (of: Of, name: string, channels: number): Buffer =>
  document('Response', 'DeviceInfo', of, [
    ['DeviceName', name],
    ['Result', 'OK'],
    ['Manufacturer', 'City Sim'],
    ['Model', 'NVR-1'],
    ['Firmware', 'V1.0'],
    ['Channel', channels],
  ]);
