'use client';
import { useEffect, useState } from 'react';
import { useTheme } from '@/components/shell/use-theme.ts';
import type { ChartColours } from './chart-option.ts';

const tokens: Readonly<Record<keyof ChartColours, string>> = {
  ink: '--ink',
  soft: '--ink-soft',
  faint: '--ink-faint',
  line: '--line',
  raised: '--raised',
  mean: '--accent-text',
  notice: '--caution-text',
  alarm: '--serious-text',
  severe: '--critical-text',
};

/** Canvases know colours that the chart's own arithmetic does not (oklch): each is painted once and read back. */
function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const read = (token: string): string => {
    if (!pen) return '#808080';
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = style.getPropertyValue(token).trim();
    pen.fillRect(0, 0, 1, 1);
    const [red = 128, green = 128, blue = 128] = pen.getImageData(0, 0, 1, 1).data;
    return `rgb(${red},${green},${blue})`;
  };
  return Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, read(token)])) as ChartColours;
}

/** The page's colours for a canvas; null in the first frame. */
export function useChartColours(): ChartColours | null {
  const theme = useTheme();
  const [colours, setColours] = useState<ChartColours | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the page's variables hold
  useEffect(() => setColours(readColours()), [theme]);
  return colours;
}
