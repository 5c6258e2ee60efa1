/** Full-width forms, case and stray marks aside: what is typed in either mode of an input method is the same. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

export type Token = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** An arrow stood before it: into this one. */
  readonly onto: boolean;
};

export type Lexed = { readonly tokens: readonly Token[]; readonly words: string };

const keyed = /^(incident|signal|unit|department|alarm|plan|task|checkIn|need)\/[^\s、，,→]+/;
const apart = /[\s、，,；;.。→＞>]/u;
const arrow = /[→＞>]/u;
const closing: Readonly<Record<string, string>> = { '（': '）', '(': ')' };

/** Arguments up to the first colon, words after it. What stands in brackets is a remark: a title beside a number. */
export function lex(line: string): Lexed {
  const tokens: Token[] = [];
  let onto = false;
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const first = rest[0] as string;
    const end = closing[first];
    if (end) {
      const close = rest.indexOf(end);
      at = close < 0 ? line.length : at + close + 1;
      continue;
    }
    if (first === ':' || first === '：') return { tokens, words: rest.slice(1).trim() };
    if (apart.test(first)) {
      if (arrow.test(first)) onto = true;
      at += 1;
      continue;
    }
    const whole = keyed.exec(rest)?.[0];
    let length = whole?.length ?? 0;
    if (!whole)
      while (length < rest.length && !apart.test(rest[length] as string) && !':：（('.includes(rest[length] as string))
        length += 1;
    tokens.push({ text: rest.slice(0, length), from: at, to: at + length, onto });
    onto = false;
    at += length;
  }
  return { tokens, words: '' };
}
