/** What was said, made comparable: width, digits, Chinese numbers before a counter; telephone numbers say nothing about the thing. */
const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const longest = 2_000;

function numberOf(words: string): number {
  if (!/[十百]/.test(words)) return Number([...words].map((one) => digits[one] ?? 0).join(''));
  let total = 0;
  let held = 0;
  for (const one of words) {
    if (one === '百' || one === '十') {
      total += (held || (one === '十' && total % 100 === 0 ? 1 : 0)) * (one === '百' ? 100 : 10);
      held = 0;
    } else held = digits[one] ?? 0;
  }
  return total + held;
}

const counted = /[零〇一二两三四五六七八九十百]+(?=号|栋|幢|单元|楼|层|室|座|公里|千米|米|辆|人|部|弄|期|厘米)/g;
const telephone = /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)/g;

export function normalise(text: string): string {
  return text
    .slice(0, longest)
    .normalize('NFKC')
    .toUpperCase()
    .replace(telephone, ' ')
    .replace(counted, (words) => String(numberOf(words)));
}

/** Weights of the character 1- and 2-grams; which are common is data, fitted with the other weights. */
export type Grams = { readonly weights: ReadonlyMap<string, number>; readonly norm: number };
export type Rarity = { readonly rare: number; readonly of: Readonly<Record<string, number>> };

const spoken = /[\p{Script=Han}A-Z]/u;
const singleWeight = 0.35;

/** Numbers are left out here: a house number that differs by one digit is another house, and told apart by its own feature. */
export function gramsOf(normalised: string, rarity: Rarity): Grams {
  const weights = new Map<string, number>();
  const add = (gram: string, factor: number) => {
    const weight = factor * (rarity.of[gram] ?? rarity.rare);
    weights.set(gram, Math.max(weights.get(gram) ?? 0, weight));
  };
  let before = '';
  for (const one of normalised) {
    if (spoken.test(one)) {
      add(one, singleWeight);
      if (before) add(before + one, 1);
      before = one;
    } else before = '';
  }
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return { weights, norm: Math.sqrt(sum) };
}

/** Cosine, 0–1. Null where one of them says nothing. */
export function similarity(a: Grams, b: Grams): number | null {
  if (a.norm === 0 || b.norm === 0) return null;
  const [few, many] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [gram, weight] of few.weights) dot += weight * (many.weights.get(gram) ?? 0);
  return Math.min(1, dot / (a.norm * b.norm));
}
