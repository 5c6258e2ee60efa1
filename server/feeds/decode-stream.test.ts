import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { record } from '@/server/wire/record.ts';
import type { Protocol } from './contract.ts';
import { openDecodeStream } from './decode-stream.ts';
import { readHexLine } from './hex-line.ts';
import { recordToJson } from './record-json.ts';
import { refuse } from './refusal.ts';

/** Lines of text; `+` begins a message of two lines, `?` cannot be read, other lines that do not begin with a letter are noise. */
const lines: Protocol<string, Record<string, never>> = {
  id: 'lines',
  title: 'lines',
  standard: 'none',
  transports: ['tcp'],
  options: z.object({}).strict(),
  crs: 'wgs84',
  maxFrameBytes: 20,
  frame: (buffer) => {
    const frames: Uint8Array[] = [];
    let [start, noise] = [0, 0];
    for (let at = 0; at < buffer.length; at++) {
      if (buffer[at] !== 10) continue;
      if (buffer[start] === 32) noise += at + 1 - start;
      else frames.push(buffer.subarray(start, at + 1));
      start = at + 1;
    }
    return { frames, rest: buffer.subarray(start), noise };
  },
  decode: (frame) => {
    const text = new TextDecoder().decode(frame).trim();
    return text.startsWith('?') ? refuse('syntax', 'a question', 0) : text;
  },
  map: (message) => [refuse('unsupported', `no record for ${message}`)],
  session: () => ({
    start: '',
    step: (state, message) => {
      if (message.startsWith('+')) return { state: message.slice(1), message: null, refusal: null, expired: [] };
      return { state: '', message: `${String(state)}${message}`, refusal: null, expired: [] };
    },
    end: (state) => (state === '' ? [] : [refuse('truncated', `half of a message: ${String(state)}`)]),
  }),
};

const run = (pushed: readonly string[], mode: 'records' | 'message' = 'message') => {
  const stream = openDecodeStream(lines as Protocol, { mode, options: {} });
  const read = pushed.flatMap((text) => [...stream.push(new TextEncoder().encode(text))]);
  return [...read, ...stream.end()].map((line) =>
    line.kind === 'message'
      ? line.message
      : line.kind === 'refusal'
        ? [line.refusal.refused, line.refusal.offset]
        : line.record,
  );
};

describe('openDecodeStream', () => {
  it('gives messages in order, and refusals with the offset in what was pushed', () => {
    expect(run(['a\n?\nb\n'])).toEqual(['a', ['syntax', 2], 'b']);
  });

  it('tells of noise, of an end inside a frame, and of nothing at all', () => {
    expect(run(['a\n noise\nb'])).toEqual(['a', ['truncated', 9], ['framing', null]]);
    expect(run([''])).toEqual([['empty', null]]);
  });

  it('reads a long stream in windows without losing what lies across them', () => {
    const long = 'a line of text\n'.repeat(150_000);
    const read = run([`${long}?\n`]);
    expect(read).toHaveLength(150_001);
    expect(new Set(read.slice(0, -1))).toEqual(new Set(['a line of text']));
    expect(read.at(-1)).toEqual(['syntax', long.length]);
  });

  it('puts parts together over several pushes, and tells what never became whole', () => {
    expect(run(['+a\n', 'b\n', '+c\n'])).toEqual(['+a', 'ab', '+c', ['truncated', null]]);
  });

  it('gives what the mapping gives in record mode', () => {
    expect(run(['a\n'], 'records')).toEqual([['unsupported', null]]);
  });
});

describe('readHexLine', () => {
  it.each([
    '7E02007e',
    '7e 02 00 7e',
    '0x7E 0x02 0x00 0x7E',
    '0x7e02007e',
    '7e,02,00,7e',
    '7e:02:00:7e',
    '\\x7e\\x02\\x00\\x7e',
    '  7e0200 7e\t',
  ])('reads %s', (line) => {
    expect(readHexLine(line)).toEqual(Uint8Array.of(0x7e, 0x02, 0x00, 0x7e));
  });

  it('says what is not hex', () => {
    expect(readHexLine('7e 0g')).toMatchObject({ refused: 'encoding', offset: 1 });
    expect(readHexLine('7e0')).toMatchObject({ refused: 'encoding', offset: 1 });
  });
});

describe('recordToJson', () => {
  const envelope = {
    subject: { scheme: 'push', key: '1' },
    observedAt: 0,
    sourceAt: null,
    relayedAt: null,
    receivedAt: 5,
    geometry: null,
    crsReceived: 'wgs84',
    geometrySource: 'none',
    quality: { state: 'good', flags: [] },
    dedupeKey: 'k',
    revision: 0,
    privacy: 'none',
  };

  it('writes times as ISO 8601 in UTC, also inside lists, and leaves our receive time out', () => {
    const one = record.parse({
      ...envelope,
      kind: 'case',
      number: '1',
      class: null,
      title: 't',
      text: null,
      place: null,
      stages: [{ stage: 's', at: 1000, by: null, due: null }],
      state: 'new',
      priority: null,
    });
    expect(recordToJson(one)).toMatchObject({
      observedAt: '1970-01-01T00:00:00.000Z',
      sourceAt: null,
      stages: [{ stage: 's', at: '1970-01-01T00:00:01.000Z', by: null, due: null }],
    });
    expect(recordToJson(one)).not.toHaveProperty('receivedAt');
  });

  it('leaves extras alone, and survives a clock beyond all years', () => {
    const one = record.parse({
      ...envelope,
      observedAt: 9e15 - 1,
      kind: 'position',
      altitudeM: null,
      speedMps: null,
      headingDeg: null,
      accuracyM: null,
      fixed: null,
      extras: { at: 1000 },
    });
    expect(recordToJson(one)).toMatchObject({ observedAt: null, extras: { at: 1000 } });
  });
});
