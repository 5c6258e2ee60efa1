import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { crc } from './crc.ts';
import { decode } from './decode.ts';
import { enclose, frame, maxFrameBytes, unwrap, withoutEscapes } from './frame.ts';
import { bytesOf, hexOf, join, vector, vectors } from './testing/vectors.ts';

const names = Object.keys(vectors) as (keyof typeof vectors)[];
const cut = (stream: Uint8Array, at: number) => {
  const first = frame(stream.subarray(0, at));
  const second = frame(join(first.rest, stream.subarray(at)));
  return {
    frames: [...first.frames, ...second.frames].map(hexOf),
    noise: first.noise + second.noise,
    rest: hexOf(second.rest),
  };
};
const reasonOf = (bytes: Uint8Array) => {
  const message = decode(bytes);
  return isRefusal(message) ? message.refused : null;
};

describe('checksum and escapes', () => {
  it('are those of the standard', () => {
    expect(crc(new TextEncoder().encode('123456789'))).toBe(0x29b1);
    expect(crc(new Uint8Array(0))).toBe(0xffff);
    const { content, bare } = withoutEscapes(bytesOf('5a01 5a02 5e01 5e02 00'));
    expect([hexOf(content), bare]).toEqual(['5b5a5d5e00', false]);
    expect(hexOf(enclose(bytesOf('5b5a5d5e'))).slice(0, 18)).toBe('5b5a015a025e015e02');
  });

  it('are right in every vector', () => {
    for (const name of names) {
      const unwrapped = unwrap(vector(name));
      if (isRefusal(unwrapped)) throw new Error(name);
      const { content, bare } = unwrapped;
      expect([crc(content, content.length - 2).toString(16), bare], name).toEqual([
        hexOf(content.subarray(-2)).replace(/^0+/, ''),
        false,
      ]);
      expect(hexOf(enclose(content.subarray(0, -2))), name).toBe(hexOf(vector(name)));
    }
  });
});

describe('a stream', () => {
  const noise = bytesOf('00ff 5d 0d0a');
  const stream = join(
    noise,
    ...names.slice(0, 8).map(vector),
    noise,
    vector('alarm2019').subarray(0, 40),
    vector('keepalive2011'),
    vector('position2011'),
  );
  const whole = frame(stream);

  it('gives its frames, whatever lies between them', () => {
    const wanted = [...names.slice(0, 8), 'keepalive2011' as const, 'position2011' as const].map((name) =>
      hexOf(vector(name)),
    );
    expect(whole.frames.map(hexOf)).toEqual(wanted);
    expect([whole.noise, whole.rest.length]).toEqual([2 * noise.length + 40, 0]);
  });

  it('gives the same frames wherever it is torn', () => {
    const expected = { frames: whole.frames.map(hexOf), noise: whole.noise, rest: '' };
    for (let at = 0; at <= stream.length; at++) expect(cut(stream, at), `cut at ${at}`).toEqual(expected);
  });

  it('gives the same frames byte by byte', () => {
    const frames: string[] = [];
    let rest: Uint8Array = new Uint8Array(0);
    let lost = 0;
    for (const byte of stream) {
      const framed = frame(join(rest, Uint8Array.of(byte)));
      frames.push(...framed.frames.map(hexOf));
      rest = framed.rest;
      lost += framed.noise;
    }
    expect([frames, lost, rest.length]).toEqual([whole.frames.map(hexOf), whole.noise, 0]);
  });
});

describe('senders that escape too little', () => {
  /** position2011 has 5a in its direction; here it also has 5b and 5d, and nothing is escaped. */
  const content = bytesOf(
    '0000005a 00000004 1200 01e86f11 010000 00 00000000 cbd541313233343500000000000000000000000000 02 1202 00000024' +
      ' 00 0f06 07ea 081e00 0714b25b 01e9335d 003c 003b 0000007b 005a 0019 00000003 00000001',
  );
  const sum = crc(content);
  const bare = join(Uint8Array.of(0x5b), content, Uint8Array.of(sum >> 8, sum & 0xff, 0x5d));

  it('are understood where length and checksum hold', () => {
    const stream = join(bare, vector('keepalive2011'), bare);
    for (let at = 0; at <= stream.length; at++)
      expect(cut(stream, at).frames, `cut at ${at}`).toEqual([bare, vector('keepalive2011'), bare].map(hexOf));
    expect(decode(bare)).toMatchObject({
      flags: ['checksum_variant'],
      positions: [{ location: { lonRaw: 0x0714b25b } }],
    });
  });

  it('are refused where they do not', () => {
    const damaged = Uint8Array.from(bare);
    damaged[60]! ^= 1;
    expect(reasonOf(damaged)).toBe('framing');
  });

  it('are understood where the log lost the escapes that the frame had', () => {
    const inner = bytesOf('0000001d 00000012 3001 01e86f11 010000 00 00000000 5a0102');
    const checksum = crc(inner);
    const logged = join(Uint8Array.of(0x5b), inner, Uint8Array.of(checksum >> 8, checksum & 0xff, 0x5d));
    expect(decode(logged)).toMatchObject({ body: { bytes: bytesOf('5a0102') }, flags: ['checksum_variant'] });
  });
});

describe('what is no frame', () => {
  const position = vector('position2011');
  const changed = (at: number, value: number, frame = position) => {
    const bytes = Uint8Array.from(frame);
    bytes[at] = value;
    return bytes;
  };
  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['two marks', bytesOf('5b5d'), 'empty'],
    ['one mark', bytesOf('5b'), 'truncated'],
    ['no mark', bytesOf('7e00'), 'framing'],
    ['half a frame', position.subarray(0, 50), 'truncated'],
    ['less than a header', bytesOf('5b 00000010 5d'), 'truncated'],
    ['a wrong checksum', changed(24, 0, vector('keepalive2011')), 'checksum'],
    ['a damaged body', changed(40, 1), 'checksum'],
    ['a wrong length', changed(4, 0x50), 'length'],
    ['a length that is too large', changed(3, 0x50), 'length'],
    ['more than may be', new Uint8Array(maxFrameBytes + 1).fill(0x5b), 'too_large'],
  ] as const)('is refused: %s', (_, bytes, reason) => expect(reasonOf(bytes)).toBe(reason));

  it('does not hide the frames behind it', () => {
    const stream = join(changed(4, 0x50), changed(3, 0x50), changed(1, 0x50), position, position, position);
    const reasons = frame(stream).frames.map(reasonOf);
    expect(reasons).toEqual(['length', 'length', 'length', null, null, null]);
  });

  it('does not keep the next frame waiting for its lost end', () => {
    const framed = frame(join(vector('position2019').subarray(0, 40), vector('keepalive2011')));
    expect([framed.frames.map(hexOf), framed.noise, framed.rest.length]).toEqual([
      [hexOf(vector('keepalive2011'))],
      40,
      0,
    ]);
  });

  it('is a frame at the end of a stream where only more bytes could tell', () => {
    const { frames, rest, closed } = frame(changed(3, 1));
    expect([frames.length, rest.length, closed]).toEqual([0, position.length, true]);
  });

  it('is not kept past the longest frame', () => {
    const endless = new Uint8Array(maxFrameBytes + 10).fill(0x41);
    endless[0] = 0x5b;
    expect(frame(endless)).toMatchObject({ frames: [], noise: endless.length, rest: { length: 0 } });
    expect(frame(endless.subarray(0, 1000)).rest.length).toBe(1000);
  });
});
