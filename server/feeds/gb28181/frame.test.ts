import { describe, expect, it } from 'vitest';
import { frame, maxFrameBytes, maxHeadBytes } from './frame.ts';
import {
  bytesOf,
  compact,
  type DocumentName,
  documents,
  join,
  message,
  registration,
  request,
  textOf,
} from './testing/vectors.ts';

const names = Object.keys(documents) as DocumentName[];
const crlf = bytesOf('\r\n\r\n');
const texts = (bytes: Uint8Array) => frame(bytes).frames.map(textOf);

/** As a transport does: what is left is put before what comes. */
function feed(bytes: Uint8Array, cuts: readonly number[]) {
  const frames: string[] = [];
  let noise = 0;
  let rest: Uint8Array = new Uint8Array(0);
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    const framed = frame(join(rest, bytes.subarray(from, to)));
    frames.push(...framed.frames.map(textOf));
    noise += framed.noise;
    rest = framed.rest;
    from = to;
  }
  return { frames, noise, rest: textOf(rest) };
}

describe('frame', () => {
  it('cuts glued messages with keep-alives and noise between them', () => {
    const all = [registration, ...names.map((name) => message(name)), compact];
    const stream = join(crlf, bytesOf('xx\x00\xff!\r\n'), ...all.flatMap((one) => [one, crlf]));
    const framed = frame(stream);
    expect(framed.frames.map(textOf)).toEqual(all.map(textOf));
    expect([framed.noise, framed.rest.length]).toEqual([7, 0]);
  });

  it('takes a "<" that opens nothing for noise', () => {
    const framed = frame(join(bytesOf('<\r\n< <1<'), bytesOf(documents.keepalive)));
    expect(framed.frames.map(textOf)).toEqual([documents.keepalive.trimEnd()]);
    expect(framed.noise).toBe(8);
  });

  it('finds noise right before a start line', () => {
    const framed = frame(join(bytesOf('\x01\x02rubbish'), registration));
    expect(framed.frames.map(textOf)).toEqual([textOf(registration)]);
    expect(framed.noise).toBe(9);
  });

  it('reads the same however the stream is cut', () => {
    const short = `<Notify><CmdType>Keepalive</CmdType><DeviceID>1</DeviceID></Notify>`;
    const stream = join(
      bytesOf('##noise\n\r\n'),
      registration,
      crlf,
      request({ body: short, length: short.length - 20 }),
      request({ body: `${short}\0`, length: short.length + 1 }),
      request({ body: short, length: null }),
      bytesOf(`\xef\xbb\xbf${short}`),
      bytesOf(`junk${documents.keepalive}`),
      request({ body: '<Notify><CmdType>', length: 17 }),
      compact,
      request({ method: 'INVITE', body: 'v=0\r\n' }),
      message('keepalive'),
    );
    const whole = frame(stream);
    const expected = { frames: whole.frames.map(textOf), noise: whole.noise, rest: textOf(whole.rest) };
    expect(expected.frames).toHaveLength(10);
    for (let cut = 1; cut < stream.length; cut++) expect(feed(stream, [cut]), `cut at ${cut}`).toEqual(expected);
    expect(
      feed(
        stream,
        Array.from({ length: stream.length - 1 }, (_, at) => at + 1),
      ),
    ).toEqual(expected);
  });

  it('believes the document where Content-Length is wrong', () => {
    const whole = documents.keepalive.trimEnd();
    for (const off of [-30, -1, 1, 2]) {
      const framed = frame(join(request({ body: whole, length: whole.length + off }), registration));
      expect(framed.frames.map(textOf)[0]?.endsWith('</Notify>'), String(off)).toBe(true);
      expect(framed.frames.map(textOf)[1], String(off)).toBe(textOf(registration));
    }
  });

  it('closes what has no length, or less than it says, where nothing more comes', () => {
    const sdp = frame(bytesOf(textOf(request({ method: 'INVITE', body: 'v=0\r\n', length: null }))));
    expect([sdp.frames.length, sdp.closed]).toEqual([0, true]);
    const less = frame(request({ body: documents.keepalive, length: documents.keepalive.length + 9 }));
    expect([less.frames.length, less.closed]).toEqual([0, true]);
    expect(frame(message('keepalive').subarray(0, 400)).closed).toBe(false);
  });

  it('lets a torn head end where the next message begins', () => {
    const torn = textOf(registration).slice(0, 120);
    expect(texts(bytesOf(`${torn}\r\n${textOf(registration)}`))).toEqual([`${torn}\r\n`, textOf(registration)]);
  });

  it('cuts the head off a message whose length is nonsense or too much', () => {
    for (const length of ['abc', '-1', '99999999', `${maxFrameBytes}`, '12\r\nl: 13']) {
      const text = `${textOf(request({ length: null })).trimEnd()}\r\nContent-Length: ${length}\r\n\r\n`;
      expect(texts(bytesOf(`${text}${textOf(registration)}`)), length).toEqual([text, textOf(registration)]);
    }
  });

  it('gives up instead of growing', () => {
    const endless = `MESSAGE sip:x@y SIP/2.0\r\n${'a: b\r\n'.repeat(maxHeadBytes / 6 + 10)}`;
    expect(frame(bytesOf(endless)).rest.length).toBeLessThanOrEqual(maxHeadBytes);
    for (const rubbish of [
      'x'.repeat(500_000),
      `<a>${'y'.repeat(500_000)}`,
      'SIP/2.0 200 '.repeat(40_000),
      `MESSAGE sip:a SIP/2.0\r\n`.repeat(20_000),
    ]) {
      const framed = frame(bytesOf(rubbish));
      expect(framed.rest.length).toBeLessThanOrEqual(maxFrameBytes);
    }
  });
});
