import type { ElementValue } from './message.ts';

type Read = Pick<ElementValue, 'value' | 'doubt'>;

const missing: Read = { value: null, doubt: 'missing' };
/** Four nines and more, whatever the decimals: gauges without a sensor report the most that their field holds. */
const judge = (value: number, digits: string): Read => ({
  value,
  doubt: /^9{4,}$/.test(digits.replace(/^0+/, '')) ? 'sentinel' : null,
});

/**
 * BCD with the decimals of the data definition. All FF: missing. A leading FF is the minus sign; the standard has no other.
 */
export function readBcd(raw: string, decimals: number): Read {
  const upper = raw.toUpperCase();
  if (/^(FF)*$/.test(upper)) return missing;
  const negative = upper.length > 2 && upper.startsWith('FF');
  const digits = negative ? upper.slice(2) : upper;
  if (!/^\d+$/.test(digits)) return { value: null, doubt: 'unreadable' };
  const whole = digits.padStart(decimals + 1, '0');
  const point = whole.length - decimals;
  const value = Number(`${whole.slice(0, point)}.${whole.slice(point) || '0'}`);
  return judge(negative && value !== 0 ? -value : value, digits);
}

/** The ASCII form writes numbers as people do; anything else says that there is none. */
export function readDecimal(text: string): Read {
  if (!/^[+-]?\d{1,15}(\.\d{0,10})?$/.test(text)) return missing;
  return judge(Number(text), text.replace(/\D/g, ''));
}

/** One of an hour's row: a plain binary number, all bits set where it is missing. */
export function readSlot(raw: string, scale: number): Read {
  if (/^F+$/i.test(raw)) return missing;
  const value = Number.parseInt(raw, 16);
  return Number.isNaN(value) ? { value: null, doubt: 'unreadable' } : { value: value / scale, doubt: null };
}
