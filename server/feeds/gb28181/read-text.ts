import { type Refusal, refuse } from '../refusal.ts';

export type BodyText = {
  readonly text: string;
  readonly encoding: 'utf-8' | 'gb18030';
  /** Characters that were cut in two (names, where a device has room for so many bytes) or that XML forbids (memory behind a name). */
  readonly broken: number;
};

const declaration = /^[\s\xef\xbb\xbf]*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']/;
const chinese = new Set(['gb2312', 'gb-2312', 'gb_2312-80', 'gbk', 'cp936', 'gb18030']);
const western = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'iso-8859-1']);
/** More is not a name that was cut but another encoding. */
const mostBroken = 0.02;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const looseGb = new TextDecoder('gb18030');

function strictly(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The declaration is half the truth: devices declare GB2312 and send UTF-8, declare UTF-8 and send GB 18030, or declare nothing. What is sound UTF-8
 * made of East Asian characters is UTF-8: Chinese text in GB 18030 practically never is.
 */
export function readText(bytes: Uint8Array): BodyText | Refusal {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = declaration.exec(head)?.[1]?.toLowerCase() ?? null;
  if (declared !== null && !chinese.has(declared) && !western.has(declared))
    return refuse('encoding', `encoding ${declared} is not one of this protocol`, 0);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const saidUnicode = marked || (declared !== null && western.has(declared));
  const unicode = strictly(utf8, bytes);
  const isUnicode = unicode !== null && (saidUnicode || isEastAsian(unicode));
  return mended(isUnicode ? unicode : looseGb.decode(bytes), isUnicode ? 'utf-8' : 'gb18030');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 §2.2 forbids
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f]/g;

/** One name with rubbish in it must not cost the whole catalogue. */
function mended(text: string, encoding: BodyText['encoding']): BodyText | Refusal {
  const clean = text.replace(forbidden, '\ufffd');
  const broken = clean.split('\ufffd').length - 1;
  if (broken > Math.max(4, clean.length * mostBroken))
    return refuse('encoding', 'the bytes are neither GB 18030 nor UTF-8');
  return { text: clean, encoding, broken };
}

/** Two-byte characters are what pairs of GB 18030 look like by accident; a middle dot in a name is one too. */
function isEastAsian(text: string): boolean {
  const low = text.match(/[\u0080-\u07ff]/g)?.length ?? 0;
  const high = text.match(/[\u0800-\uffff]/g)?.length ?? 0;
  return high > 0 && low * 4 <= high;
}
