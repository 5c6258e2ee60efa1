import type { Version } from './header.ts';
import { type Layout, layout } from './layout.ts';

/** One message of the standard: its name there in English words, and the forms that its body may have, the edition's own first. */
export type MessageKind = { readonly name: string; readonly layouts: Readonly<Record<Version, readonly Layout[]>> };

/** Platforms mix the forms of both editions, and of their province; which one a body has, its length tells. */
const kind = (name: string, of2011: string, of2019 = of2011, ...dialects: readonly string[]): MessageKind => {
  const forms = (own: string, other: string) => [...new Set([own, other, ...dialects])].map(layout);
  return { name, layouts: { '2011': forms(of2011, of2019), '2019': forms(of2019, of2011) } };
};

/** The lower platform's answer names the request it answers; 2019 does so everywhere, 2011 nowhere. */
const source = 'sourceId:id sourceSerial:u32';
const answer = (name: string, rest: string, of2011 = rest): MessageKind =>
  kind(name, of2011, `${source} ${rest}`.trim());

/** Messages of the links themselves: no vehicle, no sub-message. */
export const linkMessages: Readonly<Record<string, MessageKind>> = {
  '0x1001': kind(
    'main link login',
    'userId:u32 password:secret8 downLinkIp:text32 downLinkPort:u16',
    'userId:u32 password:secret8 centerId:u32 downLinkIp:text32 downLinkPort:u16',
  ),
  '0x1002': kind('main link login answer', 'result:u8 verifyCode:secret4'),
  '0x1003': kind('main link logout', 'userId:u32 password:secret8'),
  '0x1004': kind('main link logout answer', ''),
  '0x1005': kind('main link keepalive', ''),
  '0x1006': kind('main link keepalive answer', ''),
  '0x1007': kind('main link broken', 'errorCode:u8'),
  '0x1008': kind('lower platform closes the links', 'reasonCode:u8'),
  '0x9001': kind('slave link login', 'verifyCode:secret4'),
  '0x9002': kind('slave link login answer', 'result:u8'),
  '0x9003': kind('slave link logout', 'verifyCode:secret4'),
  '0x9004': kind('slave link logout answer', ''),
  '0x9005': kind('slave link keepalive', ''),
  '0x9006': kind('slave link keepalive answer', ''),
  '0x9007': kind('slave link broken', 'errorCode:u8'),
  '0x9008': kind('upper platform closes the links', 'reasonCode:u8'),
  '0x9101': kind('number of positions', 'total:u32 startAt:time endAt:time'),
};

/** Business of one kind; what it is about stands in the sub-message. */
export const families: Readonly<Record<string, string>> = {
  '0x1100': 'statistics',
  '0x1200': 'vehicle dynamics',
  '0x1300': 'between platforms',
  '0x1400': 'alarms',
  '0x1500': 'vehicle control',
  '0x1600': 'vehicle register',
  '0x1700': 'video authorisation',
  '0x1800': 'live video',
  '0x1900': 'video search',
  '0x1a00': 'video playback',
  '0x1b00': 'video download',
  '0x9100': 'statistics, down',
  '0x9200': 'vehicle dynamics, down',
  '0x9300': 'between platforms, down',
  '0x9400': 'alarms, down',
  '0x9500': 'vehicle control, down',
  '0x9600': 'vehicle register, down',
  '0x9700': 'video authorisation, down',
  '0x9800': 'live video, down',
  '0x9900': 'video search, down',
  '0x9a00': 'video playback, down',
  '0x9b00': 'video download, down',
};

const period = 'startAt:time endAt:time';
const driver = 'driver:text16 driverId:text20 licence:text40 organisation:text200';
const alarmed = 'vehicleNo:plate vehicleColor:u8 targetPlatform:code routeId:u32 content:long';
const alarm2011 = 'source:u8 type:u16 at:time';
const alarm2019 = `sourcePlatform:code type:u16 at:time ${period} ${alarmed}`;
/** Platforms tested for 2019 send two times here, not three. */
const alarmOfTwo = `sourcePlatform:code type:u16 at:time eventAt:time ${alarmed}`;
/** What the technical rules for exchanging alarms of 2021 (动态监控报警信息平台间数据交换) put in other places. */
const alarmId = 'alarmId:text34';
const alarm2021 = `${alarm2019.replace('content:long', '')}${alarmId} content:long startLat:u32 startLon:u32 endLat:u32 endLon:u32 driver:text100 licence:text20`;
const supervisor = 'supervisor:text16 supervisorPhone:text20 supervisorMail:text32';

/** Sub-messages whose bodies are fields only. Those with positions or with more than one form are read in `decode.ts`. */
export const subMessages: Readonly<Record<string, MessageKind>> = {
  '0x1102': kind('state of the link', `platform:code ${period} lostPositions:u32 breaks:u8 brokenS:u32`),
  '0x1103': kind('serial numbers', 'serials:raw'),
  '0x1201': kind(
    'register vehicle',
    'platform:code producer:code terminalModel:text20 terminalId:print7 simCode:text12',
    'platform:code producer:code terminalModel:text30 imei:text15 terminalId:print30 simCode:text13',
    'platform:code producer:code terminalModel:text8 terminalId:print7 simCode:text12',
  ),
  '0x1202': kind('position', ''),
  '0x1203': kind('positions sent later', ''),
  '0x1205': answer('positions: start, answer', ''),
  '0x1206': answer('positions: end, answer', ''),
  '0x1207': kind('ask for the positions of a vehicle', period),
  '0x1208': kind('no more positions of a vehicle', ''),
  '0x1209': kind('ask for positions again', period),
  '0x120a': answer('driver, answer', `${driver} licenceValidTo:time`, driver),
  '0x120b': answer('waybill, answer', 'waybill:long'),
  '0x120c': kind(
    'driver',
    driver,
    `${driver} licenceValidTo:time`,
    'driver:text100 driverId:text20 licence:text20 organisation:text200 licenceValidTo:time collected:u8 collectedAt:time',
  ),
  '0x120d': kind('waybill', 'waybill:long'),
  '0x120e': kind('route of a vehicle', 'route:raw'),
  '0x1301': kind(
    'roll call, answer',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    `objectType:u8 responder:text16 responderPhone:text20 objectId:text20 ${source} content:long`,
  ),
  '0x1302': kind('notice, answer', 'infoId:u32', source),
  '0x1303': kind('send messages again', 'subId:id count:u8 fromSerial:u32 toSerial:u32 fromAt:time'),
  '0x1401': kind(
    'alarm supervision, answer',
    'supervisionId:u32 result:u8',
    `supervisionId:u32 ${source} result:u8`,
    `${alarmId} result:u8`,
  ),
  '0x1402': kind('alarm', `${alarm2011} infoId:u32 content:long`, alarm2019, alarmOfTwo, alarm2021),
  '0x1403': kind('alarm handled', 'infoId:u32 result:u8', alarm2019, alarmOfTwo),
  '0x1411': kind('alarm supervision, answer', `${source} result:u8`),
  '0x1412': kind(
    'alarm handled',
    `${source} result:u8`,
    `${source} result:u8`,
    `sourceId:id vehicleNo:plate vehicleColor:u8 ${alarmId} result:u8 handledAt:time note:text500`,
  ),
  '0x1413': kind(
    'alarm supervision',
    `sourcePlatform:code at:time ${source} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
  ),
  '0x1501': answer('listen to a vehicle, answer', 'result:u8'),
  '0x1502': kind('picture, answer', ''),
  '0x1503': answer('text to a vehicle, answer', 'result:u8', 'textId:u32 result:u8'),
  '0x1504': kind('driving record, answer', 'command:u8 record:blob', `${source} command:u8 record:blob`, 'record:blob'),
  '0x1505': answer('emergency access, answer', 'result:u8'),
  '0x1601': answer('vehicle register', 'register:rest'),
  '0x1602': kind('route register', 'route:raw'),
  '0x1701': kind('video authorisation', 'platform:code code1:secret64 code2:secret64'),
  '0x1702': kind('ask for a video authorisation', ''),
  '0x1801': kind('live video, answer', 'result:u8 serverIp:text32 serverPort:u16'),
  '0x1802': kind('live video: end, answer', 'result:u8'),
  '0x1a01': kind('playback, answer', 'result:u8 serverIp:text32 serverPort:u16'),
  '0x1a02': kind('playback: control, answer', 'result:u8'),
  '0x1b01': kind('download, answer', 'result:u8 sessionId:u16'),
  '0x1b03': kind('download: control, answer', 'result:u8'),
  '0x9102': kind('ask for the state of the link', `platform:code ${period}`),
  '0x9103': kind('serial numbers', 'serials:raw'),
  '0x9201': kind('register vehicle, answer', `${source} result:u8`),
  '0x9202': kind('position', ''),
  '0x9203': kind('positions sent later', ''),
  '0x9204': kind('vehicle register', 'register:rest'),
  '0x9205': kind('positions: start', 'reasonCode:u8'),
  '0x9206': kind('positions: end', 'reasonCode:u8'),
  '0x9207': answer('ask for the positions of a vehicle, answer', 'result:u8'),
  '0x9208': answer('no more positions of a vehicle, answer', 'result:u8'),
  '0x9209': answer('ask for positions again, answer', 'result:u8'),
  '0x920a': kind('ask for the driver', ''),
  '0x920b': kind('ask for the waybill', ''),
  '0x9301': kind(
    'roll call',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    'objectType:u8 objectId:text20 answerWithin:u8 infoId:u32 content:long',
    'infoId:u32 content:long',
  ),
  '0x9302': kind(
    'notice',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    'objectType:u8 objectId:text20 infoId:u32 content:long',
  ),
  '0x9303': kind('send messages again', 'subId:id count:u8 fromSerial:u32 toSerial:u32 fromAt:time'),
  '0x9401': kind(
    'alarm supervision',
    `${alarm2011} supervisionId:hex4 supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
    `sourcePlatform:code at:time ${source} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
    `sourcePlatform:code at:time sourceId:id ${alarmId} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
  ),
  '0x9402': kind('warning', `${alarm2011} content:long`, alarm2019, alarmOfTwo),
  '0x9403': kind('alarm exchanged', `${alarm2011} content:long`, alarm2019, alarmOfTwo),
  '0x9501': kind('listen to a vehicle', 'phone:text20'),
  '0x9502': kind('take a picture', 'lens:u8 size:u8'),
  '0x9503': kind('text to a vehicle', 'textId:u32 priority:u8 content:long', 'priority:u8 content:long'),
  '0x9504': kind(
    'ask for the driving record',
    'command:u8',
    `${period} command:u8`,
    'command:u8 from:hex6 to:hex6 mostBytes:u16',
  ),
  '0x9505': kind(
    'emergency access',
    'authCode:secret10 accessPoint:text20 user:text49 password:secret22 serverIp:text32 tcpPort:u16 udpPort:u16 endAt:time',
  ),
  '0x9601': kind('ask for the vehicle register', ''),
  '0x9602': kind('ask for the route register', ''),
};
