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
export const linkMessages: Readonly<Record<number, MessageKind>> = {
  4097: kind(
    'main link login',
    'userId:u32 password:secret8 downLinkIp:text32 downLinkPort:u16',
    'userId:u32 password:secret8 centerId:u32 downLinkIp:text32 downLinkPort:u16',
  ),
  4098: kind('main link login answer', 'result:u8 verifyCode:secret4'),
  4099: kind('main link logout', 'userId:u32 password:secret8'),
  4100: kind('main link logout answer', ''),
  4101: kind('main link keepalive', ''),
  4102: kind('main link keepalive answer', ''),
  4103: kind('main link broken', 'errorCode:u8'),
  4104: kind('lower platform closes the links', 'reasonCode:u8'),
  36865: kind('slave link login', 'verifyCode:secret4'),
  36866: kind('slave link login answer', 'result:u8'),
  36867: kind('slave link logout', 'verifyCode:secret4'),
  36868: kind('slave link logout answer', ''),
  36869: kind('slave link keepalive', ''),
  36870: kind('slave link keepalive answer', ''),
  36871: kind('slave link broken', 'errorCode:u8'),
  36872: kind('upper platform closes the links', 'reasonCode:u8'),
  37121: kind('number of positions', 'total:u32 startAt:time endAt:time'),
};

/** Business of one kind; what it is about stands in the sub-message. */
export const families: Readonly<Record<number, string>> = {
  4352: 'statistics',
  4608: 'vehicle dynamics',
  4864: 'between platforms',
  5120: 'alarms',
  5376: 'vehicle control',
  5632: 'vehicle register',
  5888: 'video authorisation',
  6144: 'live video',
  6400: 'video search',
  6656: 'video playback',
  6912: 'video download',
  37120: 'statistics, down',
  37376: 'vehicle dynamics, down',
  37632: 'between platforms, down',
  37888: 'alarms, down',
  38144: 'vehicle control, down',
  38400: 'vehicle register, down',
  38656: 'video authorisation, down',
  38912: 'live video, down',
  39168: 'video search, down',
  39424: 'video playback, down',
  39680: 'video download, down',
};

const period = 'startAt:time endAt:time';
const driver = 'driver:text16 driverId:text20 licence:text40 organisation:text200';
const alarmed = 'vehicleNo:text21 vehicleColor:u8 targetPlatform:code routeId:u32 content:long';
const alarm2011 = 'source:u8 type:u16 at:time';
const alarm2019 = `sourcePlatform:code type:u16 at:time ${period} ${alarmed}`;
const exchanged2019 = `sourcePlatform:code type:u16 at:time eventAt:time ${alarmed}`;
/** What the technical rules for exchanging alarms of 2021 (动态监控报警信息平台间数据交换) put in other places. */
const alarmId = 'alarmId:text34';
const alarm2021 = `${alarm2019.replace('content:long', '')}${alarmId} content:long startLat:u32 startLon:u32 endLat:u32 endLon:u32 driver:text100 licence:text20`;
const supervisor = 'supervisor:text16 supervisorPhone:text20 supervisorMail:text32';

/** Sub-messages whose bodies are fields only. Those with positions or with more than one form are read in `decode.ts`. */
export const subMessages: Readonly<Record<number, MessageKind>> = {
  4354: kind('state of the link', `platform:code ${period} lostPositions:u32 breaks:u8 brokenS:u32`),
  4355: kind('serial numbers', 'serials:raw'),
  4609: kind(
    'register vehicle',
    'platform:code producer:code terminalModel:text20 terminalId:text7 simCode:text12',
    'platform:code producer:code terminalModel:text30 imei:text15 terminalId:text30 simCode:text13',
    'platform:code producer:code terminalModel:text8 terminalId:text7 simCode:text12',
  ),
  4610: kind('position', ''),
  4611: kind('positions sent later', ''),
  4613: answer('positions: start, answer', ''),
  4614: answer('positions: end, answer', ''),
  4615: kind('ask for the positions of a vehicle', period),
  4616: kind('no more positions of a vehicle', ''),
  4617: kind('ask for positions again', period),
  4618: answer('driver, answer', `${driver} licenceValidTo:time`, driver),
  4619: answer('waybill, answer', 'waybill:long'),
  4620: kind(
    'driver',
    driver,
    `${driver} licenceValidTo:time`,
    'driver:text100 driverId:text20 licence:text20 organisation:text200 licenceValidTo:time collected:u8 collectedAt:time',
  ),
  4621: kind('waybill', 'waybill:long'),
  4622: kind('route of a vehicle', 'route:raw'),
  4865: kind(
    'roll call, answer',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    `objectType:u8 responder:text16 responderPhone:text20 objectId:text20 ${source} content:long`,
  ),
  4866: kind('notice, answer', 'infoId:u32', source),
  4867: kind('send messages again', 'subId:id count:u8 fromSerial:u32 toSerial:u32 fromAt:time'),
  5121: kind(
    'alarm supervision, answer',
    'supervisionId:u32 result:u8',
    `supervisionId:u32 ${source} result:u8`,
    `${alarmId} result:u8`,
  ),
  5122: kind('alarm', `${alarm2011} infoId:u32 content:long`, alarm2019, alarm2021),
  5123: kind('alarm handled', 'infoId:u32 result:u8', alarm2019),
  5137: kind('alarm supervision, answer', `${source} result:u8`),
  5138: kind(
    'alarm handled',
    `${source} result:u8`,
    `${source} result:u8`,
    `sourceId:id vehicleNo:text21 vehicleColor:u8 ${alarmId} result:u8 handledAt:time note:text500`,
  ),
  5139: kind(
    'alarm supervision',
    `sourcePlatform:code at:time ${source} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
  ),
  5377: kind('listen to a vehicle, answer', 'result:u8'),
  5378: kind('picture, answer', ''),
  5379: answer('text to a vehicle, answer', 'result:u8', 'textId:u32 result:u8'),
  5380: kind('driving record, answer', 'command:u8 record:blob', `${source} command:u8 record:blob`, 'record:blob'),
  5381: answer('emergency access, answer', 'result:u8'),
  5633: answer('vehicle register', 'register:rest'),
  5634: kind('route register', 'route:raw'),
  5889: kind('video authorisation', 'platform:code code1:secret64 code2:secret64'),
  5890: kind('ask for a video authorisation', ''),
  6145: kind('live video, answer', 'result:u8 serverIp:text32 serverPort:u16'),
  6146: kind('live video: end, answer', 'result:u8'),
  6657: kind('playback, answer', 'result:u8 serverIp:text32 serverPort:u16'),
  6658: kind('playback: control, answer', 'result:u8'),
  6913: kind('download, answer', 'result:u8 sessionId:u16'),
  6915: kind('download: control, answer', 'result:u8'),
  37122: kind('ask for the state of the link', `platform:code ${period}`),
  37123: kind('serial numbers', 'serials:raw'),
  37377: kind('register vehicle, answer', `${source} result:u8`),
  37378: kind('position', ''),
  37379: kind('positions sent later', ''),
  37380: kind('vehicle register', 'register:rest'),
  37381: kind('positions: start', 'reasonCode:u8'),
  37382: kind('positions: end', 'reasonCode:u8'),
  37383: answer('ask for the positions of a vehicle, answer', 'result:u8'),
  37384: answer('no more positions of a vehicle, answer', 'result:u8'),
  37385: answer('ask for positions again, answer', 'result:u8'),
  37386: kind('ask for the driver', ''),
  37387: kind('ask for the waybill', ''),
  37633: kind(
    'roll call',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    'objectType:u8 objectId:text20 answerWithin:u8 infoId:u32 content:long',
  ),
  37634: kind(
    'notice',
    'objectType:u8 objectId:text12 infoId:u32 content:long',
    'objectType:u8 objectId:text20 infoId:u32 content:long',
  ),
  37635: kind('send messages again', 'subId:id count:u8 fromSerial:u32 toSerial:u32 fromAt:time'),
  37889: kind(
    'alarm supervision',
    `${alarm2011} supervisionId:hex4 supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
    `sourcePlatform:code at:time ${source} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
    `sourcePlatform:code at:time sourceId:id ${alarmId} supervisionEndsAt:time supervisionLevel:u8 ${supervisor}`,
  ),
  37890: kind('warning', `${alarm2011} content:long`, alarm2019),
  37891: kind('alarm exchanged', `${alarm2011} content:long`, exchanged2019),
  38145: kind('listen to a vehicle', 'phone:text20'),
  38146: kind('take a picture', 'lens:u8 size:u8'),
  38147: kind('text to a vehicle', 'textId:u32 priority:u8 content:long', 'priority:u8 content:long'),
  38148: kind('ask for the driving record', 'command:u8'),
  38149: kind(
    'emergency access',
    'authCode:secret10 accessPoint:text20 user:text49 password:secret22 serverIp:text32 tcpPort:u16 udpPort:u16 endAt:time',
  ),
  38401: kind('ask for the vehicle register', ''),
  38402: kind('ask for the route register', ''),
};
