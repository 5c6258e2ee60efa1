import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { checksum, checksumText } from './checksum.ts';
import { commands } from './commands.ts';
import { decode } from './decode.ts';
import type { Hj212Message } from './message.ts';
import { redact } from './redact.ts';
import { bytesOf, textOf, vector, vectors } from './testing/vectors.ts';

const read = (bytes: Uint8Array): Hj212Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(`${message.refused}: ${message.detail}`);
  return message;
};
const seal = (segment: string): Uint8Array => {
  const bytes = bytesOf(segment);
  return bytesOf(
    `##${String(bytes.length).padStart(4, '0')}${segment}${checksumText(checksum(bytes, 'standard'))}\r\n`,
  );
};
const refusalOf = (bytes: Uint8Array) => {
  const message = decode(bytes);
  return isRefusal(message) ? [message.refused, message.offset] : null;
};

describe('decode', () => {
  it('reads the worked example of the standard', () => {
    expect(read(vector('standard'))).toMatchObject({
      command: '1062',
      name: 'set real-time interval',
      role: 'request',
      version: '2017',
      wantsAnswer: true,
      part: null,
      header: { QN: '20160801085857223', ST: '32', CN: '1062', MN: '010000A8900016F000169DC0', Flag: '5' },
      cp: [[['RtdInterval', '30']]],
      checksum: 'standard',
      flags: [],
    });
  });

  it('keeps groups and fields in their own words and order, and says by which checksum they came', () => {
    const { cp, checksum: dialect, flags } = read(vector('water'));
    expect(cp[1]).toEqual([
      ['w01018-SampleTime', '20260615080000'],
      ['w01018-Rtd', '38.2'],
      ['w01018-Flag', 'N'],
    ]);
    expect([dialect, flags]).toEqual(['modbus-swapped', ['checksum_variant']]);
    expect(read(vector('flue')).checksum).toBe('modbus');
  });

  it('reads the flag: answer wanted, packets, edition', () => {
    const facts = (name: keyof typeof vectors) => {
      const { version, wantsAnswer, part } = read(vector(name));
      return [version, wantsAnswer, part];
    };
    expect(facts('old')).toEqual(['2005', false, null]);
    expect(facts('alarm')).toEqual(['2005', true, null]);
    expect(facts('odd')).toEqual(['2025', true, null]);
    expect(facts('split2')).toEqual(['2017', true, { total: 2, index: 2 }]);
  });

  it('allows for a comma between header fields, names in other cases, spaces, and a QN that is not there', () => {
    expect(read(vector('odd')).header).toEqual({
      QN: '20260615083000000',
      ST: '22',
      CN: '2011',
      MN: '320100NJ00000004',
      Flag: '9',
    });
    expect(read(vector('old')).header).not.toHaveProperty('QN');
    expect(read(seal('qn=1; st=22; cn=2011; mn=X;cp=&&&&')).header).toEqual({ QN: '1', ST: '22', CN: '2011', MN: 'X' });
  });

  it('tells data from requests, notices and answers', () => {
    const roles = Object.fromEntries(
      (Object.keys(vectors) as (keyof typeof vectors)[]).map((name) => [name, read(vector(name)).role]),
    );
    expect(roles).toMatchObject({
      air: 'data',
      state: 'data',
      info: 'data',
      alarm: 'notice',
      clock: 'notice',
      asked: 'request',
      setpw: 'request',
      taken: 'answer',
    });
    expect(read(seal('ST=22;CN=2011;MN=X;CP=&&&&')).role).toBe('request');
    expect(read(seal('ST=22;CN=2081;MN=X;CP=&&DataTime=20260101000000;RestartTime=20260101000000&&')).role).toBe(
      'data',
    );
    expect(read(seal('ST=22;CN=8888;MN=X;CP=&&A=1&&'))).toMatchObject({ role: 'unknown', name: 'unknown' });
  });

  it('names every command of both editions', () => {
    const list =
      '1000 1011 1012 1013 1061 1062 1063 1064 1072 2011 2012 2021 2022 2031 2041 2051 2061 2081 3011 3012 3013 3014';
    const more =
      '3015 3016 3017 3018 3019 3020 3021 3022 3023 3024 9011 9012 9013 9014 1021 1022 1031 1032 1041 1042 2071 2072';
    for (const code of `${list} ${more}`.split(' ')) expect(commands[code]?.name, code).toBeTruthy();
  });

  it('reads Chinese in GBK and in UTF-8, and keeps a text that holds a comma', () => {
    const field = ['i11001-Info', '//清零,正常//'];
    expect(read(vector('info')).cp[1]).toContainEqual(field);
    const segment = Buffer.from('ST=32;CN=3020;MN=X;CP=&&i11001-Info=//清零,正常//&&');
    const head = Buffer.from(`##${String(segment.length).padStart(4, '0')}`);
    const bytes = Buffer.concat([head, segment, Buffer.from(checksumText(checksum(segment, 'standard')))]);
    expect(read(new Uint8Array(bytes)).cp[0]).toContainEqual(field);
  });

  it('refuses with the reason and the place', () => {
    const { old, air } = vectors;
    expect(refusalOf(new Uint8Array(0))).toEqual(['empty', null]);
    expect(refusalOf(bytesOf('ST=32;CN=2011;CP=&&&&'))).toEqual(['framing', 0]);
    expect(refusalOf(bytesOf(old.replace('##0133', '##0132')))).toEqual(['length', 2]);
    expect(refusalOf(bytesOf(old.replace('##0133', '##0134')))).toEqual(['length', 2]);
    expect(refusalOf(bytesOf(old.slice(0, 90)))).toEqual(['truncated', 90]);
    expect(refusalOf(bytesOf(`${old.slice(0, -4)}xyzq`))).toEqual(['framing', 139]);
    expect(refusalOf(bytesOf(`${old.slice(0, -4)}8802`))).toEqual(['checksum', 139]);
    expect(refusalOf(bytesOf(air.replace('35.2', '35.3')))).toEqual(['checksum', 260]);
    expect(refusalOf(seal('ST=32;CN=2011;MN=X'))?.[0]).toBe('schema');
    for (const missing of ['CN=2011;MN=X', 'ST=32;MN=X', 'ST=32;CN=2011'])
      expect(refusalOf(seal(`${missing};CP=&&&&`))?.[0], missing).toBe('schema');
    expect(refusalOf(seal('ST=32;CN=20A1;MN=X;CP=&&&&'))?.[0]).toBe('value');
    expect(refusalOf(seal(`ST=32;CN=2011;MN=${'X'.repeat(65)};CP=&&&&`))?.[0]).toBe('value');
    expect(refusalOf(seal('ST=32;CN=2011;MN=X;PNUM=2;PNO=3;CP=&&&&'))?.[0]).toBe('value');
    expect(refusalOf(seal('ST=32;CN=2011;MN=X;PNO=3;CP=&&&&'))?.[0]).toBe('value');
    expect(read(seal('ST=32;CN=2011;MN=X;PNO=0002;PNUM=0002;CP=&&&&')).part).toEqual({ total: 2, index: 2 });
  });
});

describe('passwords', () => {
  it('are in no message, however it is printed', () => {
    for (const name of ['air', 'setpw', 'odd'] as const) {
      const message = read(vector(name));
      const printed = JSON.stringify(message) + inspect(message, { depth: null, showHidden: true }) + String(message);
      expect(printed).not.toMatch(/654321|abc123|PW=1/);
    }
    expect(read(vector('setpw')).cp).toEqual([[['NewPW', '******']]]);
  });

  it('are blanked in the bytes that are kept, which still read the same', () => {
    for (const name of Object.keys(vectors) as (keyof typeof vectors)[]) {
      const kept = redact(vector(name));
      expect(textOf(kept)).not.toMatch(/654321|123456|abc123|100000;MN/);
      const { password: _, ...facts } = read(vector(name));
      expect(read(kept), name).toMatchObject(JSON.parse(JSON.stringify(facts)));
    }
    expect(textOf(redact(vector('air')))).toContain('PW=******;');
    expect(textOf(redact(vector('air')).subarray(-4))).toBe('3240');
    expect(textOf(redact(vector('setpw')))).toContain('NewPW=******&&');
  });

  it('are blanked in what is no frame too, and a wrong checksum stays wrong', () => {
    expect(textOf(redact(bytesOf('##0101PW=secret;MN=1')))).toBe('##0101PW=******;MN=1');
    expect(textOf(redact(bytesOf('noise;pw = secret')))).toBe('noise;pw =*******');
    expect(textOf(redact(bytesOf('ST=1;PW=a&b,c;MN=1,d')))).toBe('ST=1;PW=*****;MN=1,d');
    expect(textOf(redact(bytesOf('CP=&&NewPW=a,b&&')))).toBe('CP=&&NewPW=***&&');
    expect(textOf(redact(bytesOf('CP=&&a1-pw=5;powpwx=6&&')))).toBe('CP=&&a1-pw=5;powpwx=6&&');
    const wrong = bytesOf(`${vectors.old.slice(0, -4)}0000`);
    expect(refusalOf(redact(wrong))).toEqual(refusalOf(wrong));
    expect(textOf(redact(wrong))).toContain('PW=******');
    const crlf = bytesOf(`${vectors.old}\r\n`);
    expect(isRefusal(decode(redact(crlf)))).toBe(false);
  });
});
