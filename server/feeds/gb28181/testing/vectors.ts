import { latin1 as bytesOf } from '../../testing/bytes.ts';

export { join, latin1 as bytesOf, latin1Of as textOf } from '../../testing/bytes.ts';

export const server = '32010000002000000001';
export const camera = '32010000001320000001';
export const recorder = '32010000001180000007';

/** 新街口 and 鼓楼 in GB 18030, looked up in its table. */
export const xinjiekou = '\xd0\xc2\xbd\xd6\xbf\xda';
export const gulou = '\xb9\xc4\xc2\xa5';

const prolog = '<?xml version="1.0" encoding="GB2312"?>\r\n';

export const documents = {
  keepalive: `${prolog}<Notify>\r\n<CmdType>Keepalive</CmdType>\r\n<SN>43</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<Status>OK</Status>\r\n<Info>\r\n<DeviceID>${camera}</DeviceID>\r\n</Info>\r\n</Notify>\r\n`,
  position: `${prolog}<Notify>\r\n<CmdType>MobilePosition</CmdType>\r\n<SN>7</SN>\r\n<DeviceID>${camera}</DeviceID>\r\n<Time>2026-06-15T08:30:00</Time>\r\n<Longitude>118.796877</Longitude>\r\n<Latitude>32.060255</Latitude>\r\n<Speed>36.0</Speed>\r\n<Direction>90.5</Direction>\r\n<Altitude>12.5</Altitude>\r\n</Notify>\r\n`,
  alarm: `${prolog}<Notify>\r\n<CmdType>Alarm</CmdType>\r\n<SN>1250</SN>\r\n<DeviceID>${camera}</DeviceID>\r\n<AlarmPriority>2</AlarmPriority>\r\n<AlarmMethod>5</AlarmMethod>\r\n<AlarmTime>2026-06-15T08:31:09</AlarmTime>\r\n<AlarmDescription>${xinjiekou}</AlarmDescription>\r\n<Longitude>118.78</Longitude>\r\n<Latitude>32.04</Latitude>\r\n<Info>\r\n<AlarmType>6</AlarmType>\r\n<AlarmTypeParam>\r\n<EventType>1</EventType>\r\n</AlarmTypeParam>\r\n</Info>\r\n</Notify>\r\n`,
  catalog: `${prolog}<Response>\r\n<CmdType>Catalog</CmdType>\r\n<SN>248</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<SumNum>3</SumNum>\r\n<DeviceList Num="2">\r\n<Item>\r\n<DeviceID>${camera}</DeviceID>\r\n<Name>${xinjiekou}</Name>\r\n<Manufacturer>M</Manufacturer>\r\n<Model>C1</Model>\r\n<Owner>O</Owner>\r\n<CivilCode>320102</CivilCode>\r\n<Address>${gulou}</Address>\r\n<Parental>0</Parental>\r\n<ParentID>${recorder}</ParentID>\r\n<RegisterWay>1</RegisterWay>\r\n<Secrecy>0</Secrecy>\r\n<IPAddress>10.1.2.3</IPAddress>\r\n<Port>5060</Port>\r\n<Password>12345678</Password>\r\n<Status>ON</Status>\r\n<Longitude>118.7842</Longitude>\r\n<Latitude>32.0443</Latitude>\r\n</Item>\r\n<Item>\r\n<DeviceID>${recorder}</DeviceID>\r\n<Name>NVR</Name>\r\n<Parental>1</Parental>\r\n<Status>OFF</Status>\r\n<Longitude>0</Longitude>\r\n<Latitude>0</Latitude>\r\n</Item>\r\n</DeviceList>\r\n</Response>\r\n`,
  catalogRest: `${prolog}<Response>\r\n<CmdType>Catalog</CmdType>\r\n<SN>248</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<SumNum>3</SumNum>\r\n<DeviceList Num="1">\r\n<Item>\r\n<DeviceID>32010000001310000002</DeviceID>\r\n<Name>B</Name>\r\n<Parental>0</Parental>\r\n<Status>ON</Status>\r\n</Item>\r\n</DeviceList>\r\n</Response>\r\n`,
  catalogChange: `${prolog}<Notify>\r\n<CmdType>Catalog</CmdType>\r\n<SN>9</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<SumNum>2</SumNum>\r\n<DeviceList Num="2">\r\n<Item>\r\n<DeviceID>${camera}</DeviceID>\r\n<Event>OFF</Event>\r\n</Item>\r\n<Item>\r\n<DeviceID>32010000001310000002</DeviceID>\r\n<Event>VLOST</Event>\r\n</Item>\r\n</DeviceList>\r\n</Notify>\r\n`,
  deviceStatus: `${prolog}<Response>\r\n<CmdType>DeviceStatus</CmdType>\r\n<SN>248</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<Result>OK</Result>\r\n<Online>ONLINE</Online>\r\n<Status>ERROR</Status>\r\n<Reason>disk</Reason>\r\n<Encode>ON</Encode>\r\n<Record>OFF</Record>\r\n<DeviceTime>2026-06-15T08:29:58</DeviceTime>\r\n<Alarmstatus Num="2">\r\n<Item>\r\n<DeviceID>32010000001340000001</DeviceID>\r\n<DutyStatus>ALARM</DutyStatus>\r\n</Item>\r\n<Item>\r\n<DeviceID>32010000001340000002</DeviceID>\r\n<DutyStatus>OFFDUTY</DutyStatus>\r\n</Item>\r\n</Alarmstatus>\r\n</Response>\r\n`,
  deviceInfo: `${prolog}<Response>\r\n<CmdType>DeviceInfo</CmdType>\r\n<SN>17430</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<Result>OK</Result>\r\n<DeviceName>${gulou}</DeviceName>\r\n<Manufacturer>M</Manufacturer>\r\n<Model>N2</Model>\r\n<Firmware>V1.0</Firmware>\r\n<Channel>8</Channel>\r\n</Response>\r\n`,
  mediaStatus: `${prolog}<Notify>\r\n<CmdType>MediaStatus</CmdType>\r\n<SN>8</SN>\r\n<DeviceID>${recorder}</DeviceID>\r\n<NotifyType>121</NotifyType>\r\n</Notify>\r\n`,
} as const;
export type DocumentName = keyof typeof documents;

type Request = {
  readonly method?: string;
  readonly from?: string;
  readonly callId?: string;
  readonly sequence?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
  /** Stated length; its own where left out. */
  readonly length?: number | null;
};

export function request({
  method = 'MESSAGE',
  from = recorder,
  callId = 'c1',
  sequence = 20,
  headers = [],
  body = '',
  length,
}: Request): Uint8Array {
  const to = method === 'REGISTER' ? from : server;
  const stated = length === undefined ? body.length : length;
  return bytesOf(
    [
      `${method} sip:${server}@3201000000 SIP/2.0`,
      `Via: SIP/2.0/UDP 10.0.0.2:5060;rport;branch=z9hG4bK${callId}${sequence}`,
      `From: <sip:${from}@3201000000>;tag=f1`,
      `To: <sip:${to}@3201000000>`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      'Max-Forwards: 70',
      ...headers,
      ...(body === '' ? [] : ['Content-Type: Application/MANSCDP+xml']),
      ...(stated === null ? [] : [`Content-Length: ${stated}`]),
      '',
      body,
    ].join('\r\n'),
  );
}

export const message = (name: DocumentName, more: Request = {}): Uint8Array =>
  request({ ...more, body: documents[name] });

/** In another dialect: compact names, folding, odd case, line feeds only. */
export const compact = bytesOf(
  [
    `MESSAGE sip:${server}@3201000000 SIP/2.0`,
    'v: SIP/2.0/UDP 10.0.0.2:5060',
    '  ;rport;branch=z9hG4bKx',
    `F: "${xinjiekou}"`,
    `\t<sip:${recorder}:secret99@3201000000>;tag=f1`,
    `t: sip:${server}@3201000000`,
    'I: c9',
    'cSeQ: 20   MESSAGE',
    'c: application/manscdp+xml',
    `l: ${documents.mediaStatus.length}`,
    '',
    documents.mediaStatus,
  ].join('\n'),
);

export const registration = request({
  method: 'REGISTER',
  headers: [
    `Contact: <sip:${recorder}@10.0.0.2:5060>`,
    'Expires: 3600',
    `Authorization: Digest username="${recorder}", realm="3201000000", nonce="n", uri="sip:${server}@3201000000", response="0123456789abcdef0123456789abcdef", algorithm=MD5`,
  ],
});
