import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder, decodePacket, Encoder, type Packet } from './packet.ts';

describe('packets', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.option(fc.integer({ min: 0, max: 1e6 })), (name, body, id) => {
        const packet: Packet = { type: 2, nsp: '/', data: [`e${name}`, JSON.parse(JSON.stringify(body))] };
        if (id !== null) packet.id = id;
        const [text] = new Encoder().encode(packet);
        expect(decodePacket(text as string)).toEqual(packet);
      }),
    );
  });

  it('make a telemetry emit one binary message', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(new Encoder().encode({ type: 2, nsp: '/', data: ['telemetry', bytes] })).toEqual([bytes]);
    const heard: Packet[] = [];
    const decoder = new Decoder();
    decoder.on('decoded', (packet) => heard.push(packet));
    decoder.add(bytes);
    expect(heard).toEqual([{ type: 2, nsp: '/', data: ['telemetry', bytes] }]);
  });

  it('refuse what would reach the inside of a socket, and what is none', () => {
    for (const text of [
      '',
      '9',
      '2',
      '2{}',
      '2["disconnect"]',
      '2["connect"]',
      '2[1]',
      '3{}',
      '0[]',
      '1{}',
      '2["a"',
      'x',
    ])
      expect(() => decodePacket(text), text).toThrow();
  });
});
