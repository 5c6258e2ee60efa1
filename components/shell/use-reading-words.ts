'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** UCUM as people write it; what is not here is shown as it is. */
const unitSigns: Readonly<Record<string, string>> = {
  '1': '',
  '[pH]': '',
  Cel: '°C',
  deg: '°',
  'ug/m3': 'µg/m³',
  'mg/m3': 'mg/m³',
  m2: 'm²',
  m3: 'm³',
  'm3/s': 'm³/s',
  '%{LEL}': '% LEL',
  'B[SPL]': 'dB',
};

export const unitSign = (unit: string | null): string => (unit === null ? '' : (unitSigns[unit] ?? unit));

/** As many decimals as the size of the value deserves. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const decimals = Number.isInteger(value) || size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return String(Number(value.toFixed(decimals)));
}

export function withUnit(value: number, unit: string | null): string {
  const sign = unitSign(unit);
  if (sign === '') return figure(value);
  return sign === '%' || sign === '°' ? `${figure(value)}${sign}` : `${figure(value)} ${sign}`;
}

/** Names of what stations read: the code itself where nobody here knows it; a part keeps its number. */
export function useReadingWords() {
  const t = useTranslations('domain');
  return useMemo(
    () => ({
      property(code: string): string {
        const [name = code, ...part] = code.split(':');
        const key = `property.${name}` as 'property.Z';
        // A dot would be a branch of the messages.
        const word = !name.includes('.') && t.has(key) ? t(key) : name;
        return part.length > 0 ? `${word} ${part.join(':')}` : word;
      },
    }),
    [t],
  );
}
