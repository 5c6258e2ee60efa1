import { describe, expect, it } from 'vitest';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { checksum } from './checksum.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import type { Sl651Message } from './message.ts';
import { redact } from './redact.ts';
import { sl651 } from './sl651.ts';
import { bytesOf, hexOf, join, vector } from './testing/vectors.ts';

const two = (value: number): string => value.toString(16).padStart(4, '0');
/** A report of station 0060123456 to centre 5 at 8:30:10 on 15 June 2026. */
function compose(functionCode: string, body: string): Uint8Array {
  const whole = `0021260615083010${body.replace(/\s/g, '')}`;
  const bytes = bytesOf(`7e7e0500601234564321${functionCode}${two(whole.length / 2)}02${whole}03`);
  return join(bytes, bytesOf(two(checksum(bytes))));
}
function composeAscii(functionCode: string, body: Uint8Array): Uint8Array {
  const length = (16 + body.length).toString(16).padStart(3, '0');
  const head = Buffer.from(`\x010500601234564321${functionCode}0${length}\x020021260615083010`, 'latin1');
  const bytes = join(head, body, Uint8Array.of(3));
  return join(bytes, Buffer.from(two(checksum(bytes)).toUpperCase()));
}
const read = (bytes: Uint8Array): Sl651Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
  return message;
};
const recordsOf = (bytes: Uint8Array) =>
  [...openDecodeStream(sl651, { mode: 'records', options: sl651.options.parse({}) }).push(bytes)].map((line) => {
    if (line.kind !== 'record' || line.record.kind !== 'reading') throw new Error(JSON.stringify(line));
    return line.record;
  });
const text = (letters: string): Uint8Array => Uint8Array.from(Buffer.from(letters, 'latin1'));
const station = 'f1f1 0060123456 48 f0f0 2606150830';

describe('a tail of 7E behind a frame', () => {
  const tailed = join(vector('timed'), bytesOf('7e'));

  it('is no noise and no frame, alone, before a line end, or before the next frame, however the stream is torn', () => {
    expect(frame(tailed)).toMatchObject({ noise: 0, idle: true, rest: bytesOf('7e') });
    expect(read(tailed).serial).toBe(8);
    expect(read(join(tailed, bytesOf('0d0a'))).serial).toBe(8);
    expect(hexOf(redact(tailed)).slice(0, 24)).toBe('7e7e05006012345600003200');
    const stream = join(tailed, tailed, vector('ascii'), bytesOf('7e'), vector('test'));
    const whole = frame(stream);
    expect([whole.frames.length, whole.noise, whole.rest.length]).toEqual([4, 0, 0]);
    for (let cut = 1; cut < stream.length; cut++) {
      const first = frame(stream.subarray(0, cut));
      const second = frame(join(first.rest, stream.subarray(cut)));
      expect([...first.frames, ...second.frames].map(hexOf), `cut at ${cut}`).toEqual(whole.frames.map(hexOf));
      expect(first.noise + second.noise, `cut at ${cut}`).toBe(0);
    }
    expect(recordsOf(tailed)).toHaveLength(4);
  });

  it('is refused where it stands alone, and anything else behind a frame is', () => {
    expect(decode(bytesOf('7e'))).toMatchObject({ refused: 'truncated' });
    expect(decode(join(vector('timed'), bytesOf('7e7e')))).toMatchObject({ refused: 'length' });
    expect(decode(join(vector('timed'), bytesOf('7d')))).toMatchObject({ refused: 'length' });
  });
});

describe('rows of an hour', () => {
  it('have the length of the standard where theirs cuts a value in two', () => {
    const levels = '0aaa 0aab ffffffffffffffffffffffffffffffffffff 0ab0'.replace(/\s/g, '').padEnd(48, '0');
    const message = read(compose('34', `${station} f55c ${levels} 391a 002730 3812 1290`));
    expect(message.elements.map(({ identifier, value }) => [identifier, value]).slice(0, 3)).toEqual([
      ['DRZ1', 27.3],
      ['DRZ1', 27.31],
      ['DRZ1', null],
    ]);
    expect(message.elements.slice(12).map(({ identifier, value }) => [identifier, value])).toEqual([
      ['Z', 27.3],
      ['VT', 12.9],
    ]);
    expect([message.trailing, message.flags]).toEqual([null, ['length_bad']]);
    expect(recordsOf(compose('34', `${station} f55c ${levels}`))[0]?.quality).toEqual({
      state: 'good',
      flags: ['length_bad', 'backfill'],
    });
    expect(read(compose('34', `${station} f55c 0aaa`)).flags).toEqual(['partial']);
  });
});

describe('elements that only their maker can read', () => {
  it('end the reading instead of becoming a number', () => {
    const doubled = read(compose('34', `${station} 3812 1207 7979 0211498094 0211901656 0211901609`));
    expect(doubled.elements.map(({ identifier }) => identifier)).toEqual(['VT']);
    expect([doubled.trailing?.slice(0, 4), doubled.flags]).toEqual(['7979', ['partial']]);
    const step = read(compose('31', `${station} 0418 00000f 3923 00008100 00008200`));
    expect([step.elements, step.trailing?.slice(0, 4)]).toEqual([[], '0418']);
    /** The same two bytes of an element that the standard knows are a definition. */
    expect(read(compose('32', `${station} 1111 0216`)).elements[0]).toMatchObject({ identifier: 'M20', value: 21.6 });
  });

  it('are kept as bytes where a report is a row of velocities', () => {
    const message = read(compose('33', `${station} fdf6 0102030405`));
    expect([hexOf(message.bytes!), message.elements, message.flags]).toEqual(['0102030405', [], []]);
  });
});

describe('several stations in one message', () => {
  it('have their own values, in either form', () => {
    const two = `${station} 3923 00008100 f1f1 0060123457 4b f0f0 2606150825 3b23 00037865 f1f1 0060123456 48 3812 1215`;
    const facts = [
      ['0060123456', 'Z', 8.1],
      ['0060123457', 'ZU', 37.865],
      ['0060123456', 'VT', 12.15],
    ];
    const hex = recordsOf(compose('32', two));
    expect(hex.map(({ subject, property, value }) => [subject.key, property, value])).toEqual(facts);
    expect(hex[1]?.observedAt).toBe(Date.UTC(2026, 5, 15, 0, 25));
    const letters =
      'ST 0060123456 H TT 2606150830 Z 8.10 ST 0060123457 K TT 2606150825 ZU 37.865 ST 0060123456 H VT 12.15 ';
    const ascii = composeAscii('32', text(letters));
    expect(recordsOf(ascii).map(({ subject, property, value }) => [subject.key, property, value])).toEqual(facts);
    expect(read(ascii)).toMatchObject({ reportStation: '0060123456', stationClass: { code: '48' } });
  });
});

describe('numbers that are no measurement', () => {
  it('are kept as codes: what stands for a gate, and for a dry well', () => {
    const gates = '0912 0444 0912 0125 0e1a 044400 0e1a 000444';
    const records = recordsOf(compose('32', `${station} ${gates.replace('0912 0444', '091a 044400')}`));
    expect(records.map(({ value, rawValue, quality }) => [value, rawValue, quality.state])).toEqual([
      [null, 444, 'missing'],
      [1.25, 1.25, 'good'],
      [null, 444, 'missing'],
      [4.44, 4.44, 'good'],
    ]);
  });

  it('do not make one of two gates a correction of the other', () => {
    const keys = recordsOf(compose('32', `${station} 0912 0100 0912 0200`)).map(({ dedupeKey }) => dedupeKey);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('what is steered and counted', () => {
  const own = 'f1f1 0060123456';
  it('reads pumps, valves, gates with how far they stand open, and events', () => {
    expect(read(compose('4c', `${own} 01 05`)).switches).toEqual([true, false, true, ...new Array(5).fill(false)]);
    expect(
      read(compose('4d', `${own} 02 01 80`))
        .switches?.map(Number)
        .join(''),
    ).toBe('1000000000000001');
    expect(read(compose('4e', `${own} 03 05 0120 0000 0255`))).toMatchObject({
      switches: [true, false, true],
      openingsM: [1.2, 0, 2.55],
      trailing: null,
    });
    const counts = `${'0000'.repeat(15)}00cc${'0000'.repeat(16)}`;
    expect(read(compose('50', `${own}${counts}`)).events?.[15]).toBe(0xcc);
  });

  it('keeps it as it came where it is laid out otherwise', () => {
    const message = read(compose('4e', `${own} 03 05 0120`));
    expect([message.switches, message.trailing, message.flags]).toEqual([null, '03050120', []]);
  });
});

describe('what a centre asks for', () => {
  /** From the centre to the station: addresses turned, direction 8, ENQ. */
  function ask(functionCode: string, body: string): Uint8Array {
    const whole = `0000260615083010${body.replace(/\s/g, '')}`;
    const bytes = bytesOf(`7e7e0060123456054321${functionCode}8${two(whole.length / 2).slice(1)}02${whole}05`);
    return join(bytes, bytesOf(two(checksum(bytes))));
  }

  it('is read as identifiers, not as settings or values', () => {
    expect(read(ask('41', '0120 0228 0310 0400 0c08')).asked?.ids).toEqual(['01', '02', '03', '04', '0C']);
    expect(read(ask('43', '2008 2108 2310 381b'))).toMatchObject({
      asked: { from: null, to: null, stepS: null, ids: ['20', '21', '23', '38'] },
      parameters: [],
      trailing: null,
    });
    expect(read(ask('3a', '1f19 ff3823 f460')).asked?.ids).toEqual(['1F', 'FF38', 'F4']);
    expect(read(ask('38', '26061408 26061508 0418 000005 3923')).asked).toEqual({
      from: '2026-06-14T08:00:00+08:00',
      to: '2026-06-15T08:00:00+08:00',
      stepS: 300,
      ids: ['39'],
    });
  });

  it('is no question where values stand behind the names: a password among them stays blank', () => {
    const sent = ask('41', '0120 05000000 0310 4321');
    const message = read(sent);
    expect([message.asked, JSON.stringify(message).includes('4321')]).toEqual([null, false]);
    expect(JSON.stringify(decode(redact(sent)))).toBe(JSON.stringify(message));
    const asked = ask('41', '0120 0310');
    expect(hexOf(redact(asked)).slice(36)).toContain('01200310');
    expect(JSON.stringify(decode(redact(asked)))).toBe(JSON.stringify(read(asked)));
  });
});

describe('settings and lengths', () => {
  it('reads a setting whose number is that of its definition', () => {
    const message = read(compose('43', `f1f1 0060123456 8181 ${'11'.repeat(16)} 2008 01`));
    expect(message.parameters.map(({ id }) => id)).toEqual(['81', '20']);
  });

  it('says length, not checksum, where no end character stands behind the stated length', () => {
    const bytes = Uint8Array.from(vector('timed'));
    bytes[12]! -= 2;
    expect(decode(bytes.subarray(0, -2))).toMatchObject({ refused: 'length' });
  });
});

describe('the ASCII form', () => {
  it('reads several elements behind one time step, their values taking turns', () => {
    const letters = 'ST 0060123456 H TT 2606150705 DRN05 Z Q 8.10 120.5 M 121 8.12 -1.5 ';
    const { elements, flags } = read(composeAscii('31', text(letters)));
    expect(elements.map(({ identifier, value, offsetS }) => [identifier, value, offsetS])).toEqual([
      ['Z', 8.1, 0],
      ['Q', 120.5, 0],
      ['Z', null, 300],
      ['Q', 121, 300],
      ['Z', 8.12, 600],
      ['Q', -1.5, 600],
    ]);
    expect(flags).toEqual([]);
  });

  it('keeps a picture in its own bytes, or as digits, and a text in its own words', () => {
    const picture = bytesOf('ffd8ffe0 20 0d0a 00 20 ffd9');
    const head = text('ST 0060123456 H TT 2606150830 PIC ');
    expect(hexOf(read(composeAscii('36', join(head, picture, text(' ')))).bytes!)).toBe(hexOf(picture));
    expect(hexOf(read(composeAscii('36', join(head, text('FFD8FFD9 ')))).bytes!)).toBe('ffd8ffd9');
    expect(read(composeAscii('35', text('RGZS P  60123456 H\r\nZ 8.1 ')))).toMatchObject({
      text: 'P  60123456 H\r\nZ 8.1',
      elements: [],
      flags: [],
    });
  });

  it('knows a time step from an element and stops at what has no value', () => {
    const letters = 'TT 2606150705 DRN05 Z TT 2606150800 8.1 ';
    expect(read(composeAscii('31', text(letters)))).toMatchObject({ elements: [], flags: ['partial'] });
  });
});
