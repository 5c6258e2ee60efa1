import { afterEach, describe, expect, it } from 'vitest';
import { type FeedRecord, record as recordSchema } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { csv } from './csv.ts';
import type { CsvOptions } from './options.ts';

const receivedAt = Date.parse('2026-07-01T12:00:00Z');
const beijing: CsvOptions = { zone: '+08:00' };

function read(text: string | Uint8Array, options: CsvOptions = beijing): readonly (FeedRecord | Refusal)[] | Refusal {
  const message = csv.decode(typeof text === 'string' ? Buffer.from(text) : text);
  if (isRefusal(message)) return message;
  const mapped = csv.map(message, { receivedAt, crs: 'wgs84', options: csv.options.parse(options) });
  for (const one of mapped) if (!isRefusal(one)) expect(recordSchema.safeParse(one).error).toBeUndefined();
  return mapped;
}
const rows = (text: string | Uint8Array, options?: CsvOptions) => {
  const all = read(text, options);
  if (isRefusal(all)) throw new Error(all.detail);
  return all;
};
const detail = (text: string, options?: CsvOptions) =>
  rows(text, options).map((one) => (isRefusal(one) ? one.detail : one.kind));

const header = '案件编号,案件类别,标题,问题描述,地址,经度,纬度,状态,上报时间,受理时间,派遣时间,处置截止时间';
const row1 =
  'A-1,0103,井盖缺失,"他说""快来"", 很急",中山南路 1 号,118.78,32.04,已受理,2026-07-01 08:00,2026-07-01 08:10:30,,2026-07-02 08:00';

describe('a table of cases', () => {
  it('in Chinese becomes cases with their stages', () => {
    const [one] = rows(`${header}\r\n${row1}\r\n`);
    expect(one).toMatchObject({
      kind: 'case',
      number: 'A-1',
      class: '0103',
      title: '井盖缺失',
      text: '他说"快来", 很急',
      place: '中山南路 1 号',
      geometry: { type: 'Point', coordinates: [118.78, 32.04] },
      state: 'accepted',
      observedAt: Date.parse('2026-07-01T00:00:00Z'),
      revision: Date.parse('2026-07-01T00:10:30Z') / 1000,
      dedupeKey: 'csv|case|A-1',
      privacy: 'restricted',
      quality: { state: 'good', flags: [] },
      stages: [
        { stage: 'report', at: Date.parse('2026-07-01T00:00:00Z'), due: Date.parse('2026-07-02T00:00:00Z') },
        { stage: 'accept', at: Date.parse('2026-07-01T00:10:30Z') },
      ],
    });
  });

  it('in English, with tabs, a mark and another scheme', () => {
    const [one] = rows('\ufeffNumber\tTitle\tReported At\tStatus\n7\tfallen tree\t2026-07-01T08:00:00Z\tclosed\n', {
      scheme: 'city',
    });
    expect(one).toMatchObject({
      number: '7',
      state: 'closed',
      subject: { scheme: 'city', key: '7' },
      dedupeKey: 'city|case|7',
    });
  });

  it('saved by a Chinese spreadsheet in GB 18030', () => {
    // 编号,标题,上报时间 / 1,树,2026-07-01 08:00
    const bytes = Buffer.from(
      'b1e0bac52cb1eacce22cc9cfb1a8cab1bce40a312ccaf72c323032362d30372d30312030383a30300a',
      'hex',
    );
    expect(rows(bytes)).toMatchObject([{ number: '1', title: '树' }]);
  });

  it('is where its last stage is, when it does not say', () => {
    const text =
      'number,title,reportedAt,dispatchedAt,handledAt\n1,a,2026-07-01 08:00,2026-07-01 08:20,\n2,b,2026-07-01 08:00,,\n';
    expect(rows(text).map((one) => 'state' in one && one.state)).toEqual(['assigned', 'new']);
  });

  it('has its refusals by line, and the other rows go on', () => {
    const text = [
      'number,title,reportedAt,state,lon,lat',
      '1,a,2026-07-01 08:00,,,',
      ',b,2026-07-01 08:00,,,',
      '3,"c',
      'd",2026-13-01 08:00,,,',
      '4,e,2026-07-01 08:00,wat,,',
      '5,f,2026-07-01 08:00',
      '6,g,2026-07-01 08:00,,32.04,118.78',
      '7,h,2026-07-01 08:00,,118.78,',
      '8,i,2026-07-01 08:00,closed,118.78,32.04',
    ].join('\n');
    expect(detail(text)).toEqual([
      'case',
      'line 3, number: is empty',
      'line 4, reportedAt: "2026-13-01T08:00:00" is no time',
      'line 6, state: "wat" is no state that is known here',
      'line 7: 3 cells for 6 columns',
      'line 8, lat: longitude and latitude seem to be exchanged',
      'line 9, lon: longitude and latitude are not both degrees',
      'case',
    ]);
  });

  it('a broken quote costs its own row', () => {
    const text = 'number,title,reportedAt\n1,a"b,2026-07-01 08:00\n2,c,2026-07-01 08:00\n';
    const all = rows(text);
    expect(all.map((one) => isRefusal(one))).toEqual([true, false]);
    expect(detail(text)[0]).toMatch(/^line 2: /);
  });
});

describe('a table of capacity', () => {
  it('knows that an empty cell is not zero', () => {
    const text =
      '机构编码,床位类型,空床数,编制数,状态,统计时间\nH1,icu-bed,0,20,已满,2026-07-01 08:00\nH1,emergency-bed,,40,,2026-07-01 08:00\n';
    expect(rows(text)).toMatchObject([
      {
        kind: 'capacity',
        facility: 'H1',
        resource: 'icu-bed',
        available: 0,
        baseline: 20,
        maximum: null,
        state: 'full',
      },
      { available: null, state: 'unknown', dedupeKey: 'csv|capacity|H1|emergency-bed|2026-07-01T00:00:00.000Z' },
    ]);
  });

  it('refuses what is no count', () => {
    const text = 'facility,resource,available,asOf\nH1,bed,无,2026-07-01 08:00\nH1,bed,-3,2026-07-01 08:00\n';
    expect(detail(text)).toEqual(['line 2, available: "无" is no count', 'line 3, available: "-3" is no count']);
  });
});

describe('what could be read in two ways is asked for', () => {
  const table = (time: string) => `number,title,reportedAt\n1,a,${time}\n`;
  const at = (time: string, options?: CsvOptions) =>
    rows(table(time), options).map((one) => (isRefusal(one) ? one.detail : one.observedAt));

  it.each([
    ['2026-07-01 08:00', {}, 'states no zone; say zone'],
    ['6/5/2026 8:00', beijing, 'may be two different days; say dateOrder'],
    ['46204.5', beijing, "spreadsheet's own number"],
    ['2026-07-01', beijing, 'no date with a time of day'],
    ['2026-02-30 08:00', beijing, 'is no time'],
    ['yesterday', beijing, 'no date with a time of day'],
  ] as [string, CsvOptions, string][])('%s with %j', (time, options, words) => {
    expect(String(at(time, options)[0])).toContain(words);
  });

  it.each([
    ['6/5/2026 8:00', { ...beijing, dateOrder: 'mdy' }, '2026-06-05T00:00:00Z'],
    ['6/5/2026 8:00', { ...beijing, dateOrder: 'dmy' }, '2026-05-06T00:00:00Z'],
    ['2026/6/5 8:00', beijing, '2026-06-05T00:00:00Z'],
    ['2026年6月5日 8时05分', beijing, '2026-06-05T00:05:00Z'],
    ['2026年6月5日8:05:09', beijing, '2026-06-05T00:05:09Z'],
    ['20260605080000', beijing, '2026-06-05T00:00:00Z'],
    ['2026-06-05T08:00:00+09:00', {}, '2026-06-04T23:00:00Z'],
    ['2026-06-05 08:00:00Z', {}, '2026-06-05T08:00:00Z'],
  ] as [string, CsvOptions, string][])('%s with %j is %s', (time, options, wanted) => {
    expect(at(time, options)).toEqual([Date.parse(wanted)]);
  });

  it('a column that nobody knows refuses the table until it is named', () => {
    const text = 'number,title,reportedAt,备注\n1,a,2026-07-01 08:00,x\n';
    expect(detail(text)).toEqual([expect.stringContaining('unknown columns "备注"')]);
    expect(detail(text, { ...beijing, ignore: ['备注'] })).toEqual(['case']);
  });

  it.each([
    ['a,b\n1,2', 'neither a table of cases'],
    ['number,title\n1,2', 'a case table without reportedAt'],
    ['number,编号,title,reportedAt\n1,2,3,4', 'two columns say number'],
    ['', 'no body'],
  ])('%j is no table that is read here', (text, words) => {
    const answer = read(text);
    expect(isRefusal(answer) && answer.detail).toContain(words);
  });
});

describe('over HTTP', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  it('is stored once, with the line of what was refused', async () => {
    const { openHttpPush } = await import('../transport/http-push.ts');
    const { memoryPort } = await import('../transport/testing/memory-port.ts');
    const memory = memoryPort();
    const listener = openHttpPush({
      listenPort: 0,
      port: memory.port,
      feeds: [{ id: 'source', protocol: csv as Protocol, crs: 'wgs84', options: beijing, kinds: ['case'] }],
      authenticate: () => ({ feedId: 'source', department: 'urban-management' }),
      schema: () => ({}),
    });
    closers.push(() => listener.close());
    await listener.ready;
    const post = async () => {
      const response = await fetch(`http://127.0.0.1:${listener.address()?.port}/v1/csv`, {
        method: 'POST',
        headers: { authorization: 'Bearer t', 'content-type': 'text/csv; charset=utf-8' },
        body: 'number,title,reportedAt\n1,a,2026-07-01 08:00\n2,b,soon\n',
      });
      return { status: response.status, body: await response.json() };
    };
    const refused = {
      index: 1,
      result: 'refused',
      reason: 'value',
      detail: 'line 3, reportedAt: "soon" is no date with a time of day',
    };
    expect(await post()).toMatchObject({
      status: 200,
      body: { accepted: 1, refused: 1, results: [{ result: 'accepted' }, refused] },
    });
    expect(await post()).toMatchObject({ status: 200, body: { accepted: 0, duplicate: 1, refused: 1 } });
    expect(memory.records()).toHaveLength(1);
  });
});
