/**
 * What never leaves the house, whoever asks: numbers of people. Names and addresses cannot be told from other words by a rule; the guide
 * says so (docs/assist.md). The order counts: an identity number holds what looks like a telephone number.
 */
const gap = '[\\s\\-－—·.]?';
const spoken = '[零〇一二三四五六七八九幺两]';

const rules: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[邮箱]'],
  // 18 digits, the last perhaps X; 15 in old ones.
  [new RegExp(`(?<!\\d)\\d(?:${gap}\\d){16}${gap}[\\dXx](?![\\dXx])`, 'g'), '[证件号]'],
  [new RegExp(`(?<!\\d)\\d(?:${gap}\\d){14}(?!${gap}\\d)`, 'g'), '[证件号]'],
  [/(?<![A-Za-z\d])[EGDSPHeg]\d{8}(?!\d)/g, '[证件号]'],
  [new RegExp(`(?<!\\d)\\d(?:${gap}\\d){15,18}(?!\\d)`, 'g'), '[卡号]'],
  [new RegExp(`(?<!\\d)(?:\\+?86${gap})?1${gap}[3-9](?:${gap}\\d){9}(?!\\d)`, 'g'), '[电话]'],
  [/(?<!\d)(?:\+?86[\s-]?)?\(?0\d{2,3}\)?[\s-]?\d{7,8}(?!\d)/g, '[电话]'],
  [/(?<!\d)[48]00[\s-]?\d{3}[\s-]?\d{4}(?!\d)/g, '[电话]'],
  // 幺三八…: eleven said one by one; seven and eight are a line of the city.
  [new RegExp(`${spoken}(?:[\\s,，、-]?${spoken}){6,18}`, 'g'), '[电话]'],
  [/(?<![\dA-Za-z+])[2-9]\d{6,7}(?!\d|[\d.]*(?:米|元|吨|人))/g, '[电话]'],
  // Longer than any house, stake or sum that helps to know what happened.
  [/\d{9,}/g, '[号码]'],
];

const longest = 6_000;

export function redact(text: string): string {
  let clean = text.slice(0, longest).normalize('NFKC');
  for (const [pattern, word] of rules) clean = clean.replace(pattern, word);
  return clean;
}
