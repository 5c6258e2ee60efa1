import { describe, expect, it } from 'vitest';
import { everyRound, fuzzRounds, fuzzTimeout } from '../../testing/fuzz-rounds.ts';
import { seeded } from '../../testing/seeded.ts';
import { isPacketFault } from './packet.ts';
import { createPacketCutter, type RawPacket } from './packet-cutter.ts';
import { readPacket } from './read-packet.ts';
import { filterMatches, isFilter } from './topic.ts';
import { acknowledge, connack, disconnect, pingresp, suback, unsuback } from './write-packet.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s+/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array | null) => (bytes ? Buffer.from(bytes).toString('hex') : null);
const cut = (bytes: Uint8Array) => createPacketCutter(() => 1_000_000).push(bytes);
const only = (hex: string): RawPacket => {
  const { packets, fault } = cut(bytesOf(hex));
  expect(fault).toBeNull();
  expect(packets).toHaveLength(1);
  return packets[0] as RawPacket;
};
const said = (hex: string, version: 3 | 4 | 5 | null) => readPacket(only(hex), version);

/** Put together by hand after MQTT 3.1.1 and 5.0, chapter 3. */
const connect311 = '10 16 0004 4d515454 04 c2 003c 0002 6731 0002 7531 0002 7031';
const publish1 = '32 0d 0003 612f62 000a 68656c6c6f21';

describe('packets of MQTT', () => {
  it('CONNECT of 3.1.1 with name and password, which nobody can print', () => {
    const packet = said(connect311, null);
    expect(packet).toMatchObject({ type: 'connect', version: 4, clientId: 'g1', clean: true, keepAliveS: 60 });
    if (isPacketFault(packet) || packet.type !== 'connect') throw new Error('no CONNECT');
    expect([packet.username?.reveal(), packet.password?.reveal()]).toEqual(['u1', 'p1']);
    expect(JSON.stringify(packet)).not.toContain('p1');
  });

  it('CONNECT of 5 with a session expiry', () => {
    const hex = '10 1c 0004 4d515454 05 c2 003c 05 1100000e10 0002 6731 0002 7531 0002 7031';
    expect(said(hex, null)).toMatchObject({ type: 'connect', version: 5, clientId: 'g1', authMethod: null });
  });

  it('CONNECT of 3.1 and one with a will', () => {
    expect(said('10 12 0006 4d5149736470 03 02 003c 0004 6162 6364', null)).toMatchObject({
      version: 3,
      clientId: 'abcd',
    });
    const will = '10 16 0004 4d515454 04 0e 000a 0001 61 0003 742f31 0002 6f66';
    expect(said(will, null)).toMatchObject({ type: 'connect', clientId: 'a', username: null, password: null });
  });

  it('PUBLISH with and without an identifier, and with an alias', () => {
    expect(said(publish1, 4)).toMatchObject({ type: 'publish', topic: 'a/b', qos: 1, id: 10, alias: null });
    expect(said('30 06 0003 612f62 21', 4)).toMatchObject({ qos: 0, id: 0, payload: Uint8Array.of(0x21) });
    expect(said('32 09 0000 000b 03 230007 21', 5)).toMatchObject({ topic: '', alias: 7, id: 11 });
  });

  it('SUBSCRIBE, UNSUBSCRIBE, PUBREL, PINGREQ, DISCONNECT', () => {
    expect(said('82 08 0001 0003 612f23 01', 4)).toEqual({ type: 'subscribe', id: 1, filters: ['a/#'] });
    expect(said('a2 07 0002 0003 612f62', 4)).toEqual({ type: 'unsubscribe', id: 2, filters: ['a/b'] });
    expect(said('62 02 0003', 4)).toEqual({ type: 'pubrel', id: 3 });
    expect(said('c0 00', 4)).toEqual({ type: 'pingreq' });
    expect(said('e0 00', 5)).toEqual({ type: 'disconnect' });
  });

  it.each([
    ['30 02 0000', 4, 'protocol_error', 'no topic'],
    ['36 06 0001 61 0001 21', 4, 'malformed', 'quality 3'],
    ['30 04 0002 612b', 4, 'malformed', 'a wildcard in a topic'],
    ['32 05 0001 61 0000', 4, 'malformed', 'identifier 0'],
    ['30 05 0003 61c328', 4, 'malformed', 'no UTF-8'],
    ['30 05 0003 610062', 4, 'malformed', 'a null character'],
    ['30 05 0009 616263', 4, 'malformed', 'a text longer than the packet'],
    ['60 02 0003', 4, 'malformed', 'wrong flags'],
    ['82 02 0001', 4, 'protocol_error', 'no filter'],
    ['20 02 0000', 4, 'protocol_error', 'a packet only brokers send'],
    ['f0 00', 5, 'protocol_error', 'AUTH'],
    ['c0 00', null, 'protocol_error', 'something before CONNECT'],
    [connect311, 4, 'protocol_error', 'a second CONNECT'],
    ['10 0e 0004 4d515454 06 02 003c 0002 6731', null, 'unsupported_version', 'version 6'],
    ['10 0e 0004 48545450 04 02 003c 0002 6731', null, 'malformed', 'not MQTT'],
    ['10 0e 0004 4d515454 04 03 003c 0002 6731', null, 'malformed', 'the reserved flag'],
    ['10 0e 0004 4d515454 04 40 003c 0002 6731', null, 'malformed', 'a password without a name'],
    ['10 0f 0004 4d515454 04 02 003c 0002 6731 00', null, 'malformed', 'bytes after the end'],
    ['32 0b 0001 61 000b 04 23000723 21', 5, 'malformed', 'properties that break off'],
    ['30 07 0001 61 02 7f00 21', 5, 'malformed', 'an unknown property'],
    ['30 0a 0001 61 06 230007 230007 21', 5, 'malformed', 'a property twice'],
  ] as const)('%s (version %s) is %s: %s', (hex, version, fault, _why) => {
    expect(said(hex, version)).toMatchObject({ fault });
  });

  it('a stream cut at any byte, and glued, is the same packets', () => {
    const long = `30 c801 0001 61 ${'21'.repeat(197)}`;
    const stream = bytesOf(`${connect311} ${publish1} c000 ${long} e000`);
    const whole = cut(stream).packets.map(({ head, body }) => `${head} ${hexOf(body)}`);
    expect(whole).toHaveLength(5);
    for (let at = 0; at <= stream.length; at++) {
      const cutter = createPacketCutter(() => 1_000);
      const packets = [...cutter.push(stream.subarray(0, at)).packets, ...cutter.push(stream.subarray(at)).packets];
      expect(packets.map(({ head, body }) => `${head} ${hexOf(body)}`)).toEqual(whole);
      expect(cutter.held()).toBe(0);
    }
    const drip = createPacketCutter(() => 1_000);
    const dripped = [...stream].flatMap((byte) => drip.push(Uint8Array.of(byte)).packets);
    expect(dripped.map(({ head, body }) => `${head} ${hexOf(body)}`)).toEqual(whole);
  });

  it('what is announced too long is refused at its header, and nothing after it is read', () => {
    const cutter = createPacketCutter((first) => (first ? 10 : 100));
    expect(cutter.push(bytesOf('10 0b'))).toEqual({
      packets: [],
      fault: expect.objectContaining({ fault: 'too_large' }),
    });
    expect(cutter.push(bytesOf('c000')).fault).not.toBeNull();
    expect(cut(bytesOf('10 ff ff ff ff 01')).fault).toMatchObject({ fault: 'malformed' });
  });

  it('changed packets break nothing', fuzzTimeout, async () => {
    const rounds = fuzzRounds();
    const seeds = [connect311, publish1, '82 08 0001 0003 612f23 01', '32 09 0000 000b 03 230007 21'].map(bytesOf);
    const below = seeded(1);
    let read = 0;
    await everyRound(rounds, (round) => {
      const bytes = Uint8Array.from(seeds[round % seeds.length] as Uint8Array);
      for (let change = below(4); change >= 0; change--) bytes[below(bytes.length)] = below(256);
      const cutter = createPacketCutter(() => 10_000);
      for (const raw of cutter.push(bytes).packets)
        for (const version of [null, 3, 4, 5] as const) if (!isPacketFault(readPacket(raw, version))) read++;
      expect(cutter.held()).toBeLessThanOrEqual(bytes.length);
    });
    expect(read).toBeGreaterThan(rounds / 100);
  });
});

describe('answers', () => {
  it('have the bytes of each version', () => {
    expect(hexOf(connack(4, 'accepted'))).toBe('20020000');
    expect(hexOf(connack(4, 'credentials'))).toBe('20020004');
    expect(hexOf(connack(5, 'credentials'))).toBe('2003008600');
    const welcome = { receiveMaximum: 32, maximumPacket: 65_537, aliases: 16, assignedId: 'x', keepAliveS: 60 };
    expect(hexOf(connack(5, 'accepted', welcome))).toBe(
      '201b000018210020220010270001000128002900' + '2a00' + '12000178' + '13003c',
    );
    expect(hexOf(acknowledge('puback', { version: 4, id: 10, reason: 'payload' }))).toBe('4002000a');
    expect(hexOf(acknowledge('puback', { version: 5, id: 10 }))).toBe('4002000a');
    expect(hexOf(acknowledge('puback', { version: 5, id: 10, reason: 'payload', detail: 'no' }))).toBe(
      '4009000a99051f00026e6f',
    );
    expect(hexOf(acknowledge('pubrec', { version: 5, id: 1 }))).toBe('50020001');
    expect(hexOf(suback(4, 1, 2))).toBe('900400018080');
    expect(hexOf(suback(5, 1, 1))).toBe('900400010087');
    expect(hexOf(unsuback(4, 2, 1))).toBe('b0020002');
    expect(hexOf(unsuback(5, 2, 1))).toBe('b00400020011');
    expect(hexOf(pingresp())).toBe('d000');
    expect(hexOf(disconnect(5, 'too_large'))).toBe('e0029500');
    expect(disconnect(4, 'too_large')).toBeNull();
  });
});

describe('topic filters', () => {
  it.each([
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['a/+/c', 'a/b/c', true],
    ['a/+', 'a/b/c', false],
    ['+/b', 'a/b', true],
    ['#', '$SYS/x', false],
    ['a/b', 'a/b', true],
    ['a/b', 'a/bc', false],
    ['a/b/#', 'a/bc', false],
  ])('%s takes %s: %s', (filter, topic, taken) => {
    expect(filterMatches(filter, topic)).toBe(taken);
  });

  it('stand for whole levels', () => {
    expect(['a/+/b', '#', 'a/#', '+'].every(isFilter)).toBe(true);
    expect(['a+', 'a/#/b', '', 'a#'].some(isFilter)).toBe(false);
  });
});
