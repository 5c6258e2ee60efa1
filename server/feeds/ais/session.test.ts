import { describe, expect, it } from 'vitest';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { ais } from './ais.ts';
import { decode } from './decode.ts';
import type { AisMessage, AisRead } from './message.ts';
import { partLimits } from './reassemble.ts';
import { session } from './session.ts';
import { type Bits, bytesOf, checked, messages, sentence, sentences } from './testing/build.ts';
import { mostInBucket, noVessels, remember, vesselOf } from './vessels.ts';

/** One connection: lines in, whole messages and given-up ones out. */
function connection() {
  const { start, step, end } = session();
  let state = start;
  const gone: Refusal[] = [];
  return {
    gone,
    state: () => state,
    hear(line: string, now = 0): AisMessage | null {
      const read = decode(bytesOf(line));
      if (isRefusal(read)) throw new Error(read.detail);
      const stepped = step(state, read as AisRead, now);
      state = stepped.state;
      gone.push(...stepped.expired, ...(stepped.refusal ? [stepped.refusal] : []));
      return stepped.message?.kind === 'message' ? stepped.message : null;
    },
    end: () => end(state),
  };
}
const [first, second] = sentences(messages.voyage) as [string, string];

describe('messages in several sentences', () => {
  it('come together with others in between', () => {
    const { hear, gone, end } = connection();
    expect(hear(first)).toBeNull();
    expect(hear(sentence(messages.classA))).toMatchObject({ type: 1 });
    expect(hear(second)).toMatchObject({
      type: 5,
      mmsi: '413771018',
      fields: { shipName: 'CHANG JIANG 9' },
      flags: [],
    });
    expect([...gone, ...end()]).toEqual([]);
  });

  it('are told apart by id, channel and station', () => {
    const { hear } = connection();
    const other = sentences(messages.aid, { id: '4' }) as [string, string];
    const channelA = sentences(messages.aid, { channel: 'A' }) as [string, string];
    const north = sentences(messages.voyage, { tags: ['s:north', 's:north'] }) as [string, string];
    const south = sentences(messages.aid, { tags: ['s:south', 's:south'] }) as [string, string];
    for (const line of [first, other[0], channelA[0], north[0], south[0]]) expect(hear(line)).toBeNull();
    expect(hear(south[1])?.type).toBe(21);
    expect(hear(north[1])?.type).toBe(5);
    expect(hear(channelA[1])?.type).toBe(21);
    expect(hear(other[1])?.type).toBe(21);
    expect(hear(second)?.type).toBe(5);
  });

  it('are joined by the group of their tag blocks in any order, the rest of the block from the first', () => {
    const { hear } = connection();
    const tags = ['g:1-3-77,s:north,c:1750750200', 'g:2-3-77', 'g:3-3-77'];
    const [one, two, three] = sentences(messages.voyage, { total: 3, tags }) as [string, string, string];
    for (const line of [three, one]) expect(hear(line)).toBeNull();
    expect(hear(two)).toMatchObject({ type: 5, carrier: { station: 'north', heardAt: 1_750_750_200_000 } });
  });

  it('come together where one sentence overtook the other, but not with the next message of that id', () => {
    const swapped = connection();
    expect(swapped.hear(second)).toBeNull();
    expect(swapped.hear(first)?.type).toBe(5);

    const { hear, gone } = connection();
    const aid = sentences(messages.aid) as [string, string];
    expect(hear(second, 0)).toBeNull();
    expect(hear(aid[0], 2_000)).toBeNull();
    expect(gone).toMatchObject([{ refused: 'truncated', detail: 'message 3 on channel B: 1 of 2 sentences came' }]);
    expect(hear(aid[1], 2_001)).toMatchObject({ type: 21, fields: { aidName: 'NANJING CHANGJIANG BUOY4' } });
  });

  it('take a sentence that two receivers heard once', () => {
    const { hear, gone } = connection();
    expect([hear(first), hear(first)]).toEqual([null, null]);
    expect(hear(second)?.type).toBe(5);
    expect(gone).toEqual([]);
  });

  it('are given up after five seconds, by the next of that id, and at the end', () => {
    const { hear, gone, end } = connection();
    hear(first, 0);
    hear(sentence(messages.classA), 4_000);
    expect(hear(sentences(messages.aid, { id: '9' })[0]!, partLimits.idleMs + 1)).toBeNull();
    expect(gone).toHaveLength(1);
    hear(first, 6_000);
    hear(sentences(messages.aid)[0]!, 6_001);
    expect(gone).toHaveLength(2);
    expect(end()).toHaveLength(2);
  });

  it('do not fill the memory', () => {
    const { hear, gone, state } = connection();
    for (let at = 0; at < 1_000; at++) hear(`\\${checked(`s:station${at}`)}\\${first}`, 0);
    expect(state().groups).toHaveLength(partLimits.groups);
    expect(gone).toHaveLength(1_000 - partLimits.groups);
  });

  it('are refused where the whole cannot be read', () => {
    const { hear, gone } = connection();
    const [one] = sentences(messages.aid, { id: '5' }) as [string, string];
    hear(one);
    expect(hear(`!${checked('AIVDM,2,2,5,B,,0')}`)).toBeNull();
    expect(gone).toMatchObject([{ refused: 'truncated' }]);
  });
});

describe('what a connection remembers', () => {
  it('adds static data to the positions that follow', () => {
    const { hear } = connection();
    expect(hear(sentence(messages.classA))).not.toHaveProperty('vessel');
    hear(first);
    hear(second);
    hear(sentence(messages.inland));
    expect(hear(sentence(messages.classA))?.vessel).toEqual({
      shipName: 'CHANG JIANG 9',
      callSign: 'BCDE7',
      imo: 9_356_945,
      shipType: 79,
      shipTypeName: 'cargo',
      draughtM: 3.25,
      destination: 'NANJING>WUHU',
      lengthM: 110,
      beamM: 11.4,
      eni: '02326723',
    });
    const classB = connection();
    classB.hear(sentence(messages.partA));
    classB.hear(sentence(messages.partB));
    expect(classB.hear(sentence(messages.classB))?.vessel).toMatchObject({
      shipName: 'XIAO YU',
      callSign: 'BXYZ',
      lengthM: 100,
    });
  });

  it('holds a bounded number of vessels, the ones last heard of', () => {
    let vessels = noVessels;
    for (let at = 0; at < mostInBucket + 10; at++) vessels = remember(vessels, String(at * 256), { shipName: `${at}` });
    expect(vessels[0]?.size).toBe(mostInBucket);
    expect(vesselOf(vessels, '0')).toBeNull();
    expect(vesselOf(vessels, String(70 * 256))).toEqual({ shipName: '70' });
    expect(vesselOf(noVessels, '1')).toBeNull();
  });

  it('gives the next sentence the time that a coast station wrote before it', () => {
    const { hear } = connection();
    hear(`$${checked('PGHP,1,2025,6,24,7,30,12,10,338,2,,1,09')}`);
    expect(hear(sentence(messages.classA))?.carrier.heardAt).toBe(Date.parse('2025-06-24T07:30:12.010Z'));
    expect(hear(sentence(messages.classA))?.carrier.heardAt).toBeNull();
  });
});

describe('a stream', () => {
  const lines = [
    first,
    sentence(messages.classA),
    second,
    sentence(messages.classB, { tag: 'c:1750750200' }),
    sentence(messages.aid),
  ];
  const recordsOf = (pieces: readonly Uint8Array[]) => {
    const { start, step } = session();
    let state = start;
    let rest: Uint8Array = new Uint8Array(0);
    return pieces.flatMap((piece) => {
      const framed = ais.frame(new Uint8Array([...rest, ...piece]));
      rest = framed.rest;
      return framed.frames.flatMap((frame) => {
        const read = ais.decode(frame);
        if (isRefusal(read)) return [];
        const stepped = step(state, read, 0);
        state = stepped.state;
        return stepped.message ? ais.map(stepped.message, { receivedAt: null, crs: 'wgs84', options: {} }) : [];
      });
    });
  };

  it('gives the same records glued, in lines, with noise, and cut anywhere', () => {
    const clean = bytesOf(`${lines.join('\r\n')}\r\n`);
    const whole = recordsOf([clean]);
    expect(whole).toHaveLength(3);
    expect(recordsOf([bytesOf(`${lines.join('')}\n`)])).toEqual(whole);
    expect(recordsOf([bytesOf(`${lines.join('\r\n#12\xff\x00garbage \\ ')}\n`)])).toEqual(whole);
    for (let cut = 0; cut <= clean.length; cut++)
      expect(recordsOf([clean.subarray(0, cut), clean.subarray(cut)]), `cut at ${cut}`).toEqual(whole);
  });

  it('is read to its end by the decode command, the last line without a line end', () => {
    const stream = openDecodeStream(ais, { mode: 'records', options: {} });
    const read = [...stream.push(bytesOf(lines.join('\n'))), ...stream.end()];
    expect(read.map((line) => line.kind)).toEqual(['record', 'record', 'record']);
  });

  it('lets a hostile sender cost no more than its bytes', () => {
    const bits: Bits = [[24, 6], [0, 2], [0, 30], [0, 2], 'A:20', [0, 8]];
    const { hear, state } = connection();
    for (let at = 0; at < 20_000; at++) hear(sentence([...bits.slice(0, 2), [at * 256, 30], ...bits.slice(3)]));
    expect(state().vessels.reduce((sum, bucket) => sum + bucket.size, 0)).toBe(mostInBucket);
  });
});
