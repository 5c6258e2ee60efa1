import { createHash } from 'node:crypto';
import type { Ask, Gb28181Message } from './message.ts';

const subscribedS = 3_600;

type Question = {
  readonly root: 'Query' | 'Response';
  readonly command: string;
  readonly event?: string;
  readonly more?: string;
};

const questionOf = ({ about, everyS }: Ask): Question => {
  switch (about) {
    case 'catalog':
      return { root: 'Query', command: 'Catalog' };
    case 'device-info':
      return { root: 'Query', command: 'DeviceInfo' };
    case 'device-status':
      return { root: 'Query', command: 'DeviceStatus' };
    case 'mobile-position':
      return { root: 'Query', command: 'MobilePosition', event: 'presence', more: `<Interval>${everyS}</Interval>` };
    case 'alarm':
      return {
        root: 'Query',
        command: 'Alarm',
        event: 'presence',
        more: '<StartAlarmPriority>0</StartAlarmPriority><EndAlarmPriority>0</EndAlarmPriority><AlarmMethod>0</AlarmMethod>',
      };
    case 'alarm-response':
      return { root: 'Response', command: 'Alarm', more: '<Result>OK</Result>' };
  }
};

const hostOf = (uri: string | null): string | null => /^sips?:(?:[^@\s]*@)?([^;?\s]+)/i.exec(uri ?? '')?.[1] ?? null;

/**
 * One request to the device that just spoke, over the line it spoke on. Queries are MESSAGEs, subscriptions SUBSCRIBEs (§9.5, §9.11); the
 * answer to an alarm is a message of its own (§9.4). Nothing is remembered of it: what the device sends then stands for itself.
 */
export function askFor(
  ask: Ask,
  { sip, body }: Gb28181Message,
  { now, peer }: { now: number; peer: string | undefined },
): Uint8Array {
  const question = questionOf(ask);
  const device = sip?.from.user ?? '';
  const realm = ask.from.split('@')[1] ?? '';
  const id = createHash('sha256').update(`${sip?.callId}/${sip?.sequence}/${ask.about}/${now}`).digest('hex');
  const sn = question.root === 'Response' ? (body?.sn ?? '0') : String(Number.parseInt(id.slice(0, 5), 16));
  const content = [
    '<?xml version="1.0" encoding="GB2312"?>',
    `<${question.root}>`,
    `<CmdType>${question.command}</CmdType>`,
    `<SN>${sn.replace(/[^\w.-]/g, '')}</SN>`,
    `<DeviceID>${question.root === 'Response' ? (body?.deviceId ?? device) : device}</DeviceID>`,
    ...(question.more ? [question.more] : []),
    `</${question.root}>`,
    '',
  ].join('\r\n');
  const method = question.event ? 'SUBSCRIBE' : 'MESSAGE';
  const own = hostOf(sip?.uri ?? null) ?? realm;
  const line = /\/(TCP|UDP)/i.exec(sip?.via[0] ?? '')?.[1]?.toUpperCase() ?? 'UDP';
  const target = peer ?? hostOf(addressOf(sip?.contact ?? null)) ?? realm;
  const lines = [
    `${method} sip:${device}@${target} SIP/2.0`,
    `Via: SIP/2.0/${line} ${own};rport;branch=z9hG4bK${id.slice(0, 20)}`,
    `From: <sip:${ask.from}>;tag=${id.slice(20, 32)}`,
    `To: <sip:${device}@${realm}>`,
    `Call-ID: ${id.slice(32, 56)}`,
    `CSeq: 1 ${method}`,
    'Max-Forwards: 70',
    ...(question.event
      ? [
          `Event: ${question.event};id=${sn}`,
          `Expires: ${subscribedS}`,
          `Contact: <sip:${ask.from.split('@')[0]}@${own}>`,
        ]
      : []),
    'Content-Type: Application/MANSCDP+xml',
    `Content-Length: ${Buffer.byteLength(content)}`,
  ];
  return Uint8Array.from(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content}`, 'latin1'));
}

const addressOf = (contact: string | null): string | null =>
  contact === null ? null : (/<([^<>]*)>/.exec(contact)?.[1] ?? contact);
