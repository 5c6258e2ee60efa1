import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { readCode } from './code.ts';
import { decode } from './decode.ts';
import type { Gb28181Message } from './message.ts';
import {
  bytesOf,
  camera,
  compact,
  documents,
  message,
  recorder,
  registration,
  request,
  server,
  textOf,
} from './testing/vectors.ts';

function read(bytes: Uint8Array): Gb28181Message {
  const found = decode(bytes);
  if (isRefusal(found)) throw new Error(`${found.refused}: ${found.detail}`);
  return found;
}
const reasonOf = (bytes: Uint8Array): string => {
  const found = decode(bytes);
  return isRefusal(found) ? found.refused : 'read';
};
const changed = (bytes: Uint8Array, from: string | RegExp, to: string) => bytesOf(textOf(bytes).replace(from, to));

describe('decode', () => {
  it('reads a head and a body', () => {
    expect(read(message('position'))).toMatchObject({
      sip: {
        method: 'MESSAGE',
        status: null,
        uri: `sip:${server}@3201000000`,
        from: { user: recorder, host: '3201000000', tag: 'f1' },
        to: { user: server, host: '3201000000', tag: null },
        callId: 'c1',
        sequence: 20,
        contentType: 'Application/MANSCDP+xml',
      },
      body: {
        root: 'Notify',
        command: 'MobilePosition',
        sn: '7',
        deviceId: camera,
        code: {
          centre: '32010000',
          industry: '00',
          type: '132',
          typeName: 'network camera',
          network: '0',
          serial: '000001',
        },
        values: { Time: '2026-06-15T08:30:00', Longitude: '118.796877', Speed: '36.0' },
      },
      flags: [],
    });
  });

  it('reads compact names in any case, folded, with line feeds only, and hides a password in a URI', () => {
    const { sip, body } = read(compact);
    expect(sip).toMatchObject({
      from: { user: recorder, tag: 'f1' },
      callId: 'c9',
      sequence: 20,
      via: ['SIP/2.0/UDP 10.0.0.2:5060 ;rport;branch=z9hG4bKx'],
    });
    expect(body?.values).toEqual({ NotifyType: '121' });
    expect(JSON.stringify(read(compact))).not.toContain('secret99');
  });

  it('reads registrations, responses and other bodies, and never prints credentials', () => {
    const registered = read(registration);
    expect(registered.sip).toMatchObject({
      method: 'REGISTER',
      expires: 3600,
      contact: `<sip:${recorder}@10.0.0.2:5060>`,
    });
    expect(registered.authorization?.reveal()).toContain('0123456789abcdef');
    expect(JSON.stringify(registered)).not.toMatch(/0123456789abcdef|Digest/);
    const own = read(changed(registration, 'sip:32010000001180000007@10.0.0.2:5060>', 'sip:1@10.0.0.2>;expires=0'));
    expect(own.sip?.expires).toBe(0);
    const response = read(changed(registration, /^.*\r\n/, 'SIP/2.0 200 OK\r\n'));
    expect(response.sip).toMatchObject({ method: null, status: 200 });
    const invited = read(request({ method: 'INVITE', headers: ['Content-Type: application/sdp'], body: 'v=0\r\n' }));
    expect([invited.body, invited.otherBodyBytes]).toEqual([null, 5]);
  });

  it('reads a document alone, with a mark and blank lines before it', () => {
    expect(read(bytesOf(documents.keepalive))).toMatchObject({ sip: null, body: { command: 'Keepalive' } });
    expect(read(bytesOf(`\xef\xbb\xbf \r\n${documents.keepalive}`)).body?.sn).toBe('43');
    expect(
      read(bytesOf(documents.keepalive.replace('Notify>', 'm:Notify xmlns:m="urn:x">').replace('/Notify', '/m:Notify')))
        .body?.root,
    ).toBe('Notify');
  });

  it('blanks passwords of a catalogue, keeps a single item and several alike', () => {
    const { body } = read(message('catalog'));
    const list = body?.values.DeviceList as unknown as { '@Num': string; Item: { Password: string; Name: string }[] };
    expect([list['@Num'], list.Item.map((item) => item.Password)]).toEqual(['2', ['******', undefined]]);
    expect(JSON.stringify(body)).not.toContain('12345678');
    expect(list.Item[0]?.Name).toBe('新街口');
  });

  it('finds the encoding whatever is declared', () => {
    const name = (declared: string | null, content: Buffer) => {
      const prolog = declared === null ? '' : `<?xml version="1.0" encoding="${declared}"?>`;
      const text = `${prolog}<Notify><CmdType>X</CmdType><DeviceID>1</DeviceID><Name>`;
      const bytes = Buffer.concat([Buffer.from(text), content, Buffer.from('</Name></Notify>')]);
      const found = decode(Uint8Array.from(bytes));
      return isRefusal(found) ? found.refused : [found.body?.values.Name, found.body?.encoding, found.flags];
    };
    const gb = Buffer.from('d0c2bdd6bfda', 'hex');
    const utf8 = Buffer.from('新街口·一');
    for (const declared of ['GB2312', 'gb18030', 'UTF-8', 'utf-8', null]) {
      expect(name(declared, gb), `${declared}`).toEqual(['新街口', 'gb18030', []]);
      expect(name(declared, utf8), `${declared}`).toEqual(['新街口·一', 'utf-8', []]);
    }
    expect(name('GB2312', Buffer.from('d0c2bdd6bf', 'hex'))).toEqual(['新街\ufffd', 'gb18030', ['partial']]);
    expect(name('GB18030', Buffer.from('8139ee39', 'hex'))).toEqual(['㐀', 'gb18030', []]);
    expect(name('GB2312', Buffer.from('ff'.repeat(40), 'hex'))).toBe('encoding');
    expect(name('EBCDIC', gb)).toBe('encoding');
    expect(name('UTF-16', gb)).toBe('encoding');
    expect(name('GB2312', Buffer.from([0x41, 0, 1, 0x42]))).toEqual(['A\ufffd\ufffdB', 'gb18030', ['partial']]);
    expect(name('GB2312', Buffer.alloc(40))).toBe('encoding');
    expect(name('UTF-8', Buffer.from('d0c2\x07', 'latin1'))).toEqual(['d0c2\ufffd', 'utf-8', ['partial']]);
  });

  it('takes the sender for the device where a notification names none', () => {
    const body = documents.position.replace(/<DeviceID>.*<\/DeviceID>/, '');
    expect(read(request({ body })).body?.deviceId).toBe(recorder);
    expect(reasonOf(bytesOf(body))).toBe('schema');
  });

  it('flags a length that the document contradicts', () => {
    const whole = documents.keepalive.trimEnd();
    expect(read(request({ body: whole, length: whole.length + 1 })).flags).toEqual(['length_bad']);
    expect(read(request({ body: whole, length: null })).flags).toEqual([]);
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['not_protocol', bytesOf('hello\r\n\r\n')],
    ['not_protocol', bytesOf('<html><body/></html>')],
    ['truncated', bytesOf(textOf(registration).slice(0, 100))],
    ['truncated', bytesOf('<Notify><CmdType>Keepalive</CmdType>')],
    ['unsupported', changed(registration, 'SIP/2.0\r\nVia', 'SIP/3.0\r\nVia')],
    ['syntax', changed(registration, 'Max-Forwards: 70', 'no colon here')],
    ['syntax', changed(registration, 'Max-Forwards: 70', 'X: a\x00b')],
    ['too_large', changed(registration, 'Max-Forwards: 70', 'X: a\r\n'.repeat(130).trimEnd())],
    ['schema', changed(registration, /Call-ID: .*\r\n/, '')],
    ['schema', changed(registration, /Via: .*\r\n/, '')],
    ['value', changed(registration, '20 REGISTER', '20 MESSAGE')],
    ['value', changed(registration, '20 REGISTER', 'x REGISTER')],
    ['value', changed(registration, /From: .*\r\n/, 'From: <tel:110>;tag=1\r\n')],
    ['length', changed(registration, 'Content-Length: 0', 'Content-Length: many')],
    ['length', changed(registration, 'Content-Length: 0', 'Content-Length: 5')],
    ['too_large', changed(registration, 'Content-Length: 0', 'Content-Length: 900000')],
    ['length', request({ body: '<Notify><CmdType>', length: 30 })],
    ['syntax', request({ body: '<Notify><a></b></Notify>' })],
    ['schema', request({ body: '<Notify><SN>1</SN></Notify>' })],
    ['schema', bytesOf('<Notify><CmdType>Keepalive</CmdType></Notify>')],
    ['value', request({ body: '<Notify><CmdType>a b</CmdType><DeviceID>1</DeviceID></Notify>' })],
    ['value', request({ body: '<Notify><CmdType>a</CmdType><DeviceID>1/2</DeviceID></Notify>' })],
    ['forbidden', bytesOf(`<!DOCTYPE x [<!ENTITY a "b">]>${documents.keepalive.slice(40)}`)],
    ['forbidden', bytesOf(documents.keepalive.replace('OK', '&xxe;'))],
    ['too_deep', bytesOf(`<Notify>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</Notify>`)],
  ])('refuses as %s', (reason, bytes) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it('says where in the frame it is wrong', () => {
    const found = decode(request({ body: '<Notify>\n<a></b>\n</Notify>' }));
    expect(isRefusal(found) && found.offset).toBe(
      textOf(request({ body: '<Notify>\n<a></b>\n</Notify>' })).indexOf('</b>'),
    );
  });

  it('takes a code apart', () => {
    expect(readCode('32010600001310000042')).toEqual({
      centre: '32010600',
      industry: '00',
      type: '131',
      typeName: 'camera',
      network: '0',
      serial: '000042',
    });
    expect(readCode('32010600009990000042')?.typeName).toBeNull();
    for (const other of ['320106', '3201060000131000004', '3201060000131000004x', ''])
      expect(readCode(other)).toBeNull();
  });
});
