import { describe, expect, it } from 'vitest';
import { type FeedRecord, record as recordSchema } from '@/server/wire/record.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { csv } from './csv.ts';
import type { CsvOptions } from './options.ts';

const receivedAt = Date.parse('2026-07-01T12:00:00Z');

function rows(text: string | Uint8Array, options: CsvOptions = { zone: '+08:00' }): readonly (FeedRecord | Refusal)[] {
  const message = csv.decode(typeof text === 'string' ? Buffer.from(text) : text);
  if (isRefusal(message)) throw new Error(message.detail);
  const mapped = csv.map(message, { receivedAt, crs: 'wgs84', options: csv.options.parse(options) });
  for (const one of mapped) if (!isRefusal(one)) expect(recordSchema.safeParse(one).error).toBeUndefined();
  return mapped;
}
const at = (time: string) => Date.parse(time);
const reported = (cell: string, options?: CsvOptions) => {
  const [one] = rows(`number\ttitle\treportedAt\n1\ta\t${cell}\n`, options);
  return one && !isRefusal(one) ? one.observedAt : one?.detail;
};

describe('what spreadsheets and databases add to a table', () => {
  it('is taken off: the name of the separator, and the sign that keeps digits a text', () => {
    expect(rows('sep=;\r\nnumber;title;reportedAt\r\n="00012";a;2026-07-01 08:00\r\n="00013";b;x\r\n')).toMatchObject([
      { number: '00012' },
      { detail: expect.stringMatching(/^line 4, reportedAt/) },
    ]);
  });

  it('are titles above the header, and separators behind it and behind rows', () => {
    const text =
      '某区数字城管案件明细表,,,\n统计日期：2026年7月1日,,,\n案卷编号,小类,上报时间,\nA1,井盖破损,2026-07-01 08:00,\nA2,井盖破损,2026-07-01 08:00\nA3,井盖破损,2026-07-01 08:00,x\n';
    expect(rows(text)).toMatchObject([
      { number: 'A1', class: '井盖破损', title: '井盖破损' },
      { number: 'A2' },
      { refused: 'length', detail: expect.stringContaining('line 6') },
    ]);
  });

  it('are bars between cells, and marks for nothing', () => {
    const text =
      'number|title|text|lon|lat|reportedAt|closedAt\n1|a|-|NULL|NULL|2026-07-01 08:00|0000-00-00 00:00:00\n2|b|—|\\N|\\N|2026-07-01 08:00|--\n';
    expect(rows(text)).toMatchObject([
      { text: null, geometry: null, state: 'new' },
      { text: null, geometry: null, state: 'new' },
    ]);
  });

  it('are numbers cut short, which name nothing any more', () => {
    expect(rows('number,title,reportedAt\n3.20106E+11,a,2026-07-01 08:00\n')).toMatchObject([
      { refused: 'value', detail: 'line 2, number: 3.20106E+11 is a number that a spreadsheet has cut short' },
    ]);
  });

  it('is UTF-16 in either order', () => {
    const text = '编号\t标题\t上报时间\r\n1\t树\t2026-07-01 08:00\r\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(rows(little)).toMatchObject([{ title: '树' }]);
    expect(rows(Buffer.from(little).swap16())).toMatchObject([{ title: '树' }]);
  });
});

describe('the table of an office', () => {
  const text = [
    '序号,任务号,问题来源,大类名称,小类名称,所属区域,所属街道,所属社区,位置描述,问题描述,上报人,联系电话,上报时间,创建时间,处置时限,专业部门,处置单位,案件状态,单元网格',
    '1,202607010001,监督员上报,公用设施,井盖,鼓楼区,湖南路街道,大方巷社区,鼓楼区中山北路 1 号,井盖破损。请修,张三,13800000000,2026/7/1 8:05,2026/7/1 8:00,2026/7/2 8:05,市政所,一队,待处置,320106001',
  ].join('\n');

  it('keeps what the record has no place for, and not who reported', () => {
    const [one] = rows(text, { zone: '+08:00', ignore: ['序号'] });
    expect(one).toMatchObject({
      number: '202607010001',
      class: '井盖',
      title: '井盖',
      place: '湖南路街道大方巷社区鼓楼区中山北路 1 号',
      state: 'assigned',
      observedAt: at('2026-07-01T00:05:00Z'),
      text: '井盖破损。请修\n大类：公用设施\n问题来源：监督员上报\n创建时间：2026/7/1 8:00\n处置单位：一队\n单元网格：320106001',
    });
    expect(JSON.stringify(one)).not.toMatch(/张三|138/);
  });

  it('names a column by its second name where it has no first', () => {
    expect(rows('编号,内容,登记时间\n1,路灯不亮。三天了,2026-07-01 08:00\n')).toMatchObject([
      { title: '路灯不亮', text: '路灯不亮。三天了', observedAt: at('2026-07-01T00:00:00Z') },
    ]);
  });

  it('says states in words of its own', () => {
    const words = {
      待核实: 'new',
      待派遣: 'accepted',
      待核查: 'handling',
      已归档: 'closed',
      退单: 'rejected',
      重办: 'reopened',
    };
    const body = Object.keys(words).map((word, n) => `${n},a,2026-07-01 08:00,${word}`);
    const read = rows(['编号,标题,上报时间,状态', ...body].join('\n'));
    expect(read.map((one) => 'state' in one && one.state)).toEqual(Object.values(words));
  });
});

describe('counts', () => {
  it('are what is free, or what is left of all when some are taken', () => {
    const text =
      '机构编码,机构名称,床位类型,开放床位,占用,统计时间,更新时间\nH1,一院,ICU,"1,050",1000,2026-07-01 08:00,2026-07-01 08:05\nH2,二院,ICU,12张,１２,2026-07-01 08:00,\nH3,三院,ICU,25.0,,2026-07-01 08:00,\nH4,四院,ICU,12.5,1,2026-07-01 08:00,\n';
    expect(rows(text)).toMatchObject([
      { facility: 'H1', maximum: 1050, available: 50, asOf: at('2026-07-01T00:00:00Z') },
      { maximum: 12, available: 0 },
      { maximum: 25, available: null },
      { refused: 'value', detail: 'line 5, maximum: "12.5" is no count' },
    ]);
  });

  it('believe the free over the sum', () => {
    const text = '医院名称,类型,空床数,总床位,占用数,填报时间\n一院,ICU,3,10,5,2026-07-01 08:00\n';
    expect(rows(text)).toMatchObject([{ facility: '一院', available: 3, maximum: 10 }]);
  });
});

describe('coordinates', () => {
  const point = (lon: string, lat: string) => {
    const [one] = rows(`number;title;reportedAt;lon;lat\n1;a;2026-07-01 08:00;${lon};${lat}\n`);
    return one && !isRefusal(one) ? one.geometry : one?.detail;
  };
  it('may have a comma for the point, and the sign of a degree', () => {
    expect(point('118,78', '32,04')).toEqual({ type: 'Point', coordinates: [118.78, 32.04] });
    expect(point('118.78°', '32.04°')).toEqual({ type: 'Point', coordinates: [118.78, 32.04] });
    expect(point('118.781234567890123', '32.04')).toMatchObject({ type: 'Point' });
  });
  it('are refused when exchanged, in metres, or only one', () => {
    expect(point('32.04', '118.78')).toBe('line 2, lat: longitude and latitude seem to be exchanged');
    expect(point('668000.5', '3546000')).toBe('line 2, lon: longitude and latitude are not both degrees');
    expect(point('118.78', '')).toBe('line 2, lon: longitude and latitude are not both degrees');
  });
});

describe('times', () => {
  it.each([
    ['2026-07-01 08:00:00 +08', '2026-07-01T00:00:00Z'],
    ['2026-07-01 08:00:00 GMT+8', '2026-07-01T00:00:00Z'],
    ['2026-07-01T08:00:00.123+0800', '2026-07-01T00:00:00Z'],
    ['2026-07-01 00:00Z', '2026-07-01T00:00:00Z'],
    ['20260701T080000+0800', '2026-07-01T00:00:00Z'],
    ['20260701080000', '2026-07-01T00:00:00Z'],
    ['20260701 0800', '2026-07-01T00:00:00Z'],
    ['2026年7月1日8时05分', '2026-07-01T00:05:00Z'],
    ['2026年7月1日下午3:05', '2026-07-01T07:05:00Z'],
    ['2026/7/1 下午 03:05:09', '2026-07-01T07:05:09Z'],
    ['2026/7/1 上午 12:05', '2026-06-30T16:05:00Z'],
    ['2026/7/1 中午 12:30', '2026-07-01T04:30:00Z'],
    ['2026/7/1 下午 15:05', '2026-07-01T07:05:00Z'],
    ['2026-07-01 12:05 PM', '2026-07-01T04:05:00Z'],
    ['2026-07-01 12:05 am', '2026-06-30T16:05:00Z'],
    ['２０２６－０７－０１ ０８：００', '2026-07-01T00:00:00Z'],
    ['1782864000000', '2026-07-01T00:00:00Z'],
  ])('%s', (cell, expected) => {
    expect(Math.floor((reported(cell) as number) / 1000) * 1000).toBe(at(expected));
  });

  it('of the West need the order of their days', () => {
    expect(reported('7/1/2026 8:00:00 AM', { zone: '+08:00', dateOrder: 'mdy' })).toBe(at('2026-07-01T00:00:00Z'));
    expect(reported('01.07.2026 08:00', { zone: '+08:00', dateOrder: 'dmy' })).toBe(at('2026-07-01T00:00:00Z'));
    expect(reported('7/1/2026 8:00')).toContain('dateOrder');
  });

  it.each(['2026/7/1 晚上 12:30', '2026-07-01 15:05 AM', '2026-07-01', '2026-02-30 08:00', '46204.5', '1782864000'])(
    'that say no one instant are refused: %s',
    (cell) => {
      expect(reported(cell)).toMatch(/^line 2, reportedAt: /);
    },
  );
});
