import { describe, expect, it } from 'vitest';
import { scanXml, xmlLimits } from '../scan-xml.ts';
import { cap } from './protocol.ts';
import { alertXml, bytes, infoXml, recordsOf, refusalOf } from './testing/alerts.ts';

const reason = (text: string) => {
  const scanned = scanXml(text);
  return 'reason' in scanned ? scanned.reason : null;
};

describe('what a document must not hold', () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`).join('')}]>${alertXml({ extra: '<note>&lol9;</note>' })}`;
  it.each([
    ['billion laughs', laughs],
    [
      'an external entity',
      `<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>${alertXml({ extra: '<note>&x;</note>' })}`,
    ],
    ['a remote DTD', `<?xml version="1.0"?><!DOCTYPE alert SYSTEM "http://evil.example/cap.dtd">${alertXml()}`],
    ['a parameter entity', `<!DOCTYPE alert [<!ENTITY % p SYSTEM "http://evil.example/x"> %p;]>${alertXml()}`],
    ['an entity without DTD', alertXml({ extra: '<note>&nbsp;</note>' })],
    ['an entity in an attribute', '<alert a="&x;"/>'],
    ['a doctype inside the root', '<alert><!DOCTYPE x></alert>'],
    ['a prototype element', '<alert><__proto__>1</__proto__></alert>'],
    ['a prototype attribute', '<alert constructor="1"/>'],
  ])('%s is forbidden', (_, text) => {
    expect(reason(text)).toBe('forbidden');
    expect(refusalOf(text)).toMatchObject({ refused: 'forbidden' });
  });

  it('says where the doctype stands, in bytes', () => {
    const text = '<!-- 南京 --><!DOCTYPE x><alert/>';
    expect(refusalOf(text)).toMatchObject({ refused: 'forbidden', offset: Buffer.byteLength('<!-- 南京 -->') });
  });
});

describe('bounds', () => {
  it('refuses a megabyte of depth without building it', () => {
    expect(reason('<a>'.repeat(350_000))).toBe('too_deep');
    expect(reason(`${'<a>'.repeat(xmlLimits.depth)}x${'</a>'.repeat(xmlLimits.depth)}`)).toBeNull();
    expect(reason(`${'<a>'.repeat(xmlLimits.depth + 1)}x${'</a>'.repeat(xmlLimits.depth + 1)}`)).toBe('too_deep');
  });

  it('refuses a hundred thousand attributes, on one element and over many', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ');
    expect(reason(`<a ${many}/>`)).toBe('too_large');
    const spread = Array.from(
      { length: 2_000 },
      () => `<b ${Array.from({ length: 50 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
    ).join('');
    expect(reason(`<a>${spread}</a>`)).toBe('too_large');
  });

  it('refuses more elements than any alert has', () => {
    expect(reason(`<a>${'<b/>'.repeat(xmlLimits.elements)}</a>`)).toBe('too_large');
  });

  it('refuses more bytes than a frame may have', () => {
    expect(cap.decode(new Uint8Array(cap.maxFrameBytes + 1))).toMatchObject({ refused: 'too_large' });
  });

  it('stays linear where backtracking or searching again would hurt', () => {
    const size = 1_000_000;
    const inputs = [
      `<a ${' '.repeat(size)}`,
      `<${'a'.repeat(size)}`,
      `<a ${'b'.repeat(size)}`,
      `<a b="${'c'.repeat(size)}`,
      `<a>${'x<b/>'.repeat(size / 10)}`,
      `<a>${'&amp;'.repeat(size / 5)}</a>`,
      `<a>${'&'.repeat(size)}</a>`,
      '<!--'.repeat(size / 4),
      `<a>${'<![CDATA['.repeat(size / 9)}`,
      '<?'.repeat(size / 2),
    ];
    for (const text of inputs) expect(() => scanXml(text)).not.toThrow();
  });
});

describe('well-formedness', () => {
  it.each([
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['hello', 'not_protocol'],
    ['{"a":1}', 'not_protocol'],
    ['<!-- only a comment -->', 'not_protocol'],
    ['<a>', 'truncated'],
    ['<a', 'truncated'],
    ['<a b="1', 'truncated'],
    ['<', 'truncated'],
    ['<a><!-- x', 'truncated'],
    ['<a><![CDATA[ x', 'truncated'],
    ['<a><![CDA', 'truncated'],
    ['<a></b>', 'syntax'],
    ['<a></a></a>', 'syntax'],
    ['<a/><b/>', 'syntax'],
    ['<a/>text', 'syntax'],
    ['<a b=1/>', 'syntax'],
    ['<a b="1" b="2"/>', 'syntax'],
    ['<a b="<"/>', 'syntax'],
    ['<a>AT&T</a>', 'syntax'],
    ['<a>&#0;</a>', 'syntax'],
    ['<a>&#xD800;</a>', 'syntax'],
    ['<a>]]></a>', 'syntax'],
    ['<a>\u0007</a>', 'syntax'],
    ['<1a/>', 'syntax'],
    ['< a/>', 'syntax'],
    ['<![CDATA[x]]><a/>', 'syntax'],
  ] as const)('%j is %s', (text, wanted) => expect(reason(text)).toBe(wanted));

  it('refuses a prefix nobody declared', () => {
    expect(refusalOf('<cap:alert><cap:identifier>1</cap:identifier></cap:alert>')).toMatchObject({ refused: 'syntax' });
  });

  it('drops comments and instructions, quotes in them included, and keeps CDATA as text', () => {
    const scanned = scanXml('<?xml version="1.0"?><!-- "\' <x> --><a><?y " > ?>1<!-- > -->2<![CDATA[<b>&x;]]></a>');
    expect(scanned).toEqual({ markup: '<a>12<![CDATA[<b>&x;]]></a>' });
  });
});

describe('CDATA', () => {
  it('is text: markup, references and half a section inside it mean nothing', () => {
    const tricky = '<event><![CDATA[<event>&lol;]]]]><![CDATA[></event>]]></event>';
    const [record] = recordsOf(alertXml({ info: infoXml('', tricky) }));
    expect(record?.event).toBe('<event>&lol;]]></event>');
  });

  it('cannot hide a doctype from the scan', () => {
    expect(reason('<a><![CDATA[x]]><!DOCTYPE y></a>')).toBe('forbidden');
    expect(reason('<a><![CDATA[<!DOCTYPE y>]]></a>')).toBeNull();
  });

  it('resolves the five entities and character references once', () => {
    const [record] = recordsOf(alertXml({ info: infoXml('', '<event>a &amp;lt; b &#26292;&#x96E8; &quot;</event>') }));
    expect(record?.event).toBe('a &lt; b 暴雨 "');
  });
});

describe('character encodings', () => {
  const chinese = alertXml({ info: infoXml('<headline>南京发布暴雨红色预警</headline>') });
  const headline = (input: Uint8Array) => recordsOf(input)[0]?.headline;
  const utf16 = (text: string, big: boolean) => {
    const out = Buffer.from(`\ufeff${text}`, 'utf16le');
    return big ? out.swap16() : out;
  };
  it('reads UTF-8 with a mark and UTF-16 in both orders', () => {
    expect(headline(bytes(`\ufeff${chinese}`))).toBe('南京发布暴雨红色预警');
    expect(headline(utf16(chinese, false))).toBe('南京发布暴雨红色预警');
    expect(headline(utf16(chinese, true))).toBe('南京发布暴雨红色预警');
    expect(headline(utf16(`<?xml version="1.0" encoding="UTF-16"?>${chinese}`, false).subarray(2))).toBe(
      '南京发布暴雨红色预警',
    );
  });

  it('is UTF-8 where UTF-16 is declared in single bytes', () => {
    expect(headline(bytes(`<?xml version="1.0" encoding="utf-16"?>\n${chinese}`))).toBe('南京发布暴雨红色预警');
  });

  it('reads one-byte encodings of other countries', () => {
    const body = (encoding: string, byte: number) =>
      Buffer.from(
        `<?xml version="1.0" encoding="${encoding}"?>${alertXml({ info: infoXml('<headline>@</headline>', '<event>x</event>') })}`.replace(
          '@',
          String.fromCharCode(byte),
        ),
        'latin1',
      );
    expect(headline(body('ISO-8859-2', 0xb3))).toBe('ł');
    expect(headline(body('windows-1251', 0xdf))).toBe('Я');
    expect(headline(body('ISO-8859-1', 0xe9))).toBe('é');
  });

  it('reads GB 18030, GBK and GB 2312 where the prolog says so', () => {
    // 暴雨 in GB 18030 is B1 A9 D3 EA.
    for (const name of ['GB18030', 'gbk', 'GB2312']) {
      const [head, tail] = alertXml({ info: infoXml('', '<event>@</event>').replace('zh-CN', 'zh') }).split('@') as [
        string,
        string,
      ];
      const body = Buffer.concat([
        Buffer.from(`<?xml version="1.0" encoding="${name}"?>${head}`, 'latin1'),
        Buffer.from([0xb1, 0xa9, 0xd3, 0xea]),
        Buffer.from(tail, 'latin1'),
      ]);
      expect(recordsOf(body)[0]?.event).toBe('暴雨');
    }
  });

  it('refuses bytes that are not what they say, and says where', () => {
    const good = bytes(alertXml());
    const bad = new Uint8Array(good);
    bad[20] = 0xff;
    expect(refusalOf(bad)).toMatchObject({ refused: 'encoding', offset: 20 });
    expect(refusalOf(bytes('<?xml version="1.0" encoding="EBCDIC-42"?><a/>'))).toMatchObject({ refused: 'encoding' });
    expect(refusalOf(Buffer.from([0xff, 0xfe, 0x3c]))).toMatchObject({ refused: 'truncated' });
  });
});
