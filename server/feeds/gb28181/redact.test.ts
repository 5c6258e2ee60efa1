import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { redact } from './redact.ts';
import { bytesOf, compact, documents, message, registration, request, textOf } from './testing/vectors.ts';

const kept = (text: string) => textOf(redact(bytesOf(text)));
const comparable = (bytes: Uint8Array) => JSON.parse(JSON.stringify(decode(bytes)));

describe('redact', () => {
  it('blanks the answer to a challenge, in the length it had', () => {
    const text = textOf(redact(registration));
    expect(text).toContain('response="********************************", algorithm=MD5');
    expect(text.length).toBe(registration.length);
    expect(comparable(redact(registration))).toEqual(comparable(registration));
  });

  it.each([
    [
      'Authorization: Digest a="b",\r\n response = "s3cret",\r\n\tqop=auth',
      'Authorization: Digest a="b",\r\n response = "******",\r\n\tqop=auth',
    ],
    ['authorization:Digest response=s3cret,nc=1', 'authorization:Digest response=******,nc=1'],
    ['Proxy-Authorization: Digest response="s3cret', 'Proxy-Authorization: Digest response="******'],
    ['Authorization: Basic s3cret==', 'Authorization: Basic ********'],
    ['From: <sip:u:s3cret@h>', 'From: <sip:u:******@h>'],
    ['From: <sip:u@h:5060>', 'From: <sip:u@h:5060>'],
    [
      '<Item><Password>s3cret</Password><Name>n</Name></Item>',
      '<Item><Password>******</Password><Name>n</Name></Item>',
    ],
    ['<a:SipPassWord x="1">s3cret</a:SipPassWord>', '<a:SipPassWord x="1">******</a:SipPassWord>'],
    ['<Pwd><![CDATA[s</Pwd>]]></Pwd>b', '<Pwd>*******************</Pwd>b'],
    ['<Pwd><Pwd>s3</Pwd>cret</Pwd>b', '<Pwd>*****************</Pwd>b'],
    ['<?x <Pwd>s3?><a>b</a>', '<?x <Pwd>**?><a>b</a>'],
    ['<a><!-- pwd="s3 --><b c="d"/></a>', '<a><!-- pwd="***--><b c="d"/></a>'],
    ['<a><![CDATA[<Pwd>s3]]><b/></a>', '<a><![CDATA[<Pwd>**]]><b/></a>'],
    ['<Pwd>s3<?x </Pwd>?>cret</Pwd>b', '<Pwd>******************</Pwd>b'],
    ['<a>sip:u:<b/>@</a>', '<a>sip:u:<b/>@</a>'],
    ['<a>\nAuthorization: x</a>', '<a>\nAuthorization: x</a>'],
    ['<Password>s3cret', '<Password>******'],
    ['<Password/>open', '<Password/>open'],
    ['<A sip-password="s3cret', '<A sip-password="******'],
    ['<N>a="b</N><A c="d passwd="s3cret"/>', '<N>a="b</N><A c="d passwd="******"/>'],
    ['<A password="s3cret" b="c"/>', '<A password="******" b="c"/>'],
    ["<A b='c' Passwd = 's3cret'/>", "<A b='c' Passwd = '******'/>"],
  ])('%s', (text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  it('leaves what can be decoded readable, and everything else alone', () => {
    expect(comparable(redact(message('catalog')))).toEqual(comparable(message('catalog')));
    expect(textOf(redact(message('catalog')))).not.toContain('12345678');
    expect(textOf(redact(compact))).not.toContain('secret99');
    expect(comparable(redact(compact))).toEqual(comparable(compact));
    for (const name of ['keepalive', 'position', 'alarm'] as const)
      expect(redact(message(name))).toEqual(message(name));
    const wide = Buffer.from('<Password>s3cret</Password>', 'utf16le');
    const text = textOf(redact(request({ body: wide.toString('latin1') })));
    expect(text).toMatch(/Content-Length: 54\r\n\r\n\*{54}$/);
    expect(documents.keepalive).toBe(kept(documents.keepalive));
  });
});
