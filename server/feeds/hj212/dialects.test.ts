import { describe, expect, it } from 'vitest';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal } from '../refusal.ts';
import { answer } from './answer.ts';
import { checksum, checksumText } from './checksum.ts';
import { decode } from './decode.ts';
import { frame } from './frame.ts';
import { hj212 } from './hj212.ts';
import type { Hj212Message } from './message.ts';
import { redact } from './redact.ts';
import { bytesOf, join, textOf, vector } from './testing/vectors.ts';

const seal = (segment: string, digits = 4): Uint8Array =>
  bytesOf(
    `##${String(segment.length).padStart(digits, '0')}${segment}${checksumText(checksum(bytesOf(segment), 'standard'))}`,
  );
const read = (bytes: Uint8Array): Hj212Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
  return message;
};
const linesOf = (bytes: Uint8Array) => [
  ...openDecodeStream(hj212, { mode: 'records', options: hj212.options.parse({}) }).push(bytes),
];
const readingsOf = (bytes: Uint8Array) =>
  linesOf(bytes).map((line) => {
    if (line.kind !== 'record' || line.record.kind !== 'reading') throw new Error(JSON.stringify(line));
    return line.record;
  });
const head = 'QN=20260615083012345;ST=22;CN=2011;PW=654321;MN=320100NJ00000001;Flag=5;';
const data = 'CP=&&DataTime=20260615083000;a34004-Rtd=35.2,a34004-Flag=N&&';

describe('a length of three digits', () => {
  const short = seal(`${head}${data}`, 3);

  it('is read, said, and cut from a stream wherever that is torn', () => {
    expect(textOf(short)).toMatch(/^##\d{3}QN=/);
    expect(read(short)).toMatchObject({ flags: ['length_bad'], header: { MN: '320100NJ00000001' } });
    expect(readingsOf(short)[0]).toMatchObject({ value: 35.2, quality: { state: 'good', flags: ['length_bad'] } });
    const stream = join(short, bytesOf('\r\n'), vector('air'), short, bytesOf('##12 ##1234'), short, bytesOf('\r\n'));
    const whole = frame(stream);
    expect(whole.frames.map(textOf).filter((one) => one === textOf(short))).toHaveLength(3);
    for (let cut = 1; cut < stream.length; cut++) {
      const first = frame(stream.subarray(0, cut));
      const second = frame(join(first.rest, stream.subarray(cut)));
      expect([...first.frames, ...second.frames].map(textOf), `cut at ${cut}`).toEqual(whole.frames.map(textOf));
      expect(first.noise + second.noise, `cut at ${cut}`).toBe(whole.noise);
    }
  });

  it('keeps no password, and is refused like any other where it is wrong', () => {
    const kept = redact(short);
    expect(textOf(kept)).toContain('PW=******;');
    expect(read(kept).cp).toEqual(read(short).cp);
    const wrong = textOf(short).replace(/^##\d{3}/, (stated) => `##${Number(stated.slice(2)) - 1}`);
    expect(decode(bytesOf(wrong))).toMatchObject({ refused: 'length', offset: 2 });
    expect(decode(bytesOf(textOf(short).replace('35.2', '35.3')))).toMatchObject({ refused: 'checksum' });
    expect(decode(bytesOf('##12QN=1;CP=&&&&0000'))).toMatchObject({ refused: 'framing' });
  });
});

describe('HJ 212-2025', () => {
  it('has its own edition in the flag, which the answer repeats', () => {
    const message = read(seal('QN=20260615083012345;ST=32;CN=2011;PW=1;MN=X;Flag=9;CP=&&DataTime=20260615083000&&'));
    expect([message.version, message.wantsAnswer]).toEqual(['2025', true]);
    const reply = textOf(answer(message, { serial: 0, accepted: true, now: 0 })!);
    expect(reply).toContain(';Flag=8;');
    const beat = read(seal('QN=20260615083012345;ST=32;CN=9015;PW=1;MN=X;Flag=9;CP=&&&&'));
    expect(beat.role).toBe('notice');
    expect(textOf(answer(beat, { serial: 0, accepted: true, now: 0 })!)).toContain(';CN=9013;');
    const later = read(seal('ST=32;CN=2011;MN=X;Flag=13;CP=&&DataTime=20260615083000&&'));
    expect(later.version).toBe('later');
    expect(textOf(answer(later, { serial: 0, accepted: true, now: 0 })!)).toContain(';Flag=12;');
  });

  it('says by RF that values are sent again', () => {
    const again = readingsOf(seal(`${head.replace('Flag=5', 'Flag=9;RF=1')}${data}`));
    expect(again[0]?.quality).toEqual({ state: 'good', flags: ['backfill'] });
  });

  it('may encrypt the data section: that is refused as what it is, whatever its length says', () => {
    const plain = seal(`${head}${data}`);
    const blocks = Array.from({ length: 48 }, (_, at) => `0x${(at * 5).toString(16).padStart(2, '0').toUpperCase()}`);
    const hidden = textOf(plain).replace(/CP=&&.*&&/, `CP=&&{${blocks.join(',')}}g=N&&`);
    for (const stated of [hidden, hidden.replace(/^##\d{4}/, `##0${hidden.length - 10}`)])
      expect(linesOf(bytesOf(`${stated}\r\n`)), stated.slice(0, 6)).toMatchObject([
        { kind: 'refusal', refusal: { refused: 'unsupported' } },
      ]);
    expect(decode(bytesOf(hidden.slice(0, -30)))).not.toMatchObject({ refused: 'unsupported' });
  });
});

describe('what the field sends', () => {
  it('reads noise of the day, of its hours of light and of its night', () => {
    const cp = 'DataTime=20260615000000;Leq-Data=52.4;Leq-DayData=55.1;Leq-NightData=45.3;LA-ZsFlag=1';
    const readings = readingsOf(seal(`QN=20260616000000000;ST=23;CN=2031;MN=X;Flag=4;CP=&&${cp}&&`));
    expect(readings.map(({ property, statistic, value, unit }) => [property, statistic, value, unit])).toEqual([
      ['Leq', 'mean', 52.4, 'dB'],
      ['Leq-DayData', 'mean', 55.1, 'dB'],
      ['Leq-NightData', 'mean', 45.3, 'dB'],
    ]);
  });

  it('knows the unit of a code in capitals', () => {
    const cp = 'DATATIME=20260615083000;A34004-RTD=35.2,A34004-FLAG=N;A01008-RTD=90';
    const readings = readingsOf(seal(`ST=22;CN=2011;MN=X;FLAG=0;CP=&&${cp}&&`));
    expect(readings.map(({ property, value, unit }) => [property, value, unit])).toEqual([
      ['A34004', 35.2, 'ug/m3'],
      ['A01008', 90, 'deg'],
    ]);
  });

  it('allows for packet numbers that say nothing where the flag says one packet', () => {
    const part = (fields: string) => decode(seal(`ST=22;CN=2011;MN=X;${fields};CP=&&DataTime=20260615083000&&`));
    expect(part('Flag=4;PNUM=1;PNO=0')).toMatchObject({ part: null });
    expect(part('Flag=5;PNUM=;PNO=')).toMatchObject({ part: null });
    expect(part('Flag=4;PNUM=2;PNO=1')).toMatchObject({ part: { total: 2, index: 1 } });
    expect(part('Flag=6;PNUM=1;PNO=0')).toMatchObject({ refused: 'value' });
    expect(part('PNUM=1;PNO=0')).toMatchObject({ refused: 'value' });
  });

  it('reads answers that name no station, and nothing else without one', () => {
    expect(read(seal('ST=91;CN=9014;CP=&&QN=20040516010101001;CN=2051&&'))).toMatchObject({
      role: 'answer',
      command: '9014',
    });
    expect(linesOf(seal('ST=91;CN=9012;PW=1;CP=&&QN=20040516010101001;ExeRtn=1&&'))).toEqual([]);
    expect(decode(seal('ST=31;CN=2011;MN=;CP=&&DataTime=20260615083000&&'))).toMatchObject({ refused: 'schema' });
  });
});
