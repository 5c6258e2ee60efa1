import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: {
    theme: { text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl'], spacing: ['control-sm', 'control', 'control-lg'] },
  },
});

/** Joins class names; the later of two that set the same property wins. */
export const cn = (...values: ClassValue[]): string => merge(clsx(values));
