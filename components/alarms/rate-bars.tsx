'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Heading } from '@/components/ui/panel.tsx';
import type { Slot } from '@/server/domain/alarm-figures.ts';

const height = 64;
const slotMs = 600_000;
/** Of a log that is younger than this the bars keep their width, and the time before it stays empty. */
const leastSlots = 24;

/** Alarms per ten minutes over the shift: solid what was announced, hollow what was collected; the line is where a flood begins. */
export function RateBars({ slots, limit, to }: { slots: readonly Slot[]; limit: number; to: number }) {
  const t = useTranslations('alarms.figures');
  const formats = useFormats();
  const most = Math.max(limit * 1.2, ...slots.map(({ asked }) => asked));
  const y = (value: number) => height - (value / most) * height;
  const shown = Math.max(leastSlots, slots.length);
  const width = shown * 10;
  const last = slots.at(-1);
  const xOf = (index: number) => (shown - slots.length + index) * 10 + 1;
  return (
    <section aria-label={t('chart')}>
      <Heading>{t('chart')}</Heading>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('chartText', { most: Math.max(0, ...slots.map(({ asked }) => asked)), slots: slots.length })}
        className="h-24 w-full rounded-sm border border-line bg-sunken"
      >
        {slots.map((slot, index) => (
          <g key={slot.from}>
            <rect
              x={xOf(index)}
              width={8}
              y={y(slot.asked)}
              height={height - y(slot.asked)}
              className="fill-serious-wash stroke-serious/60"
              strokeWidth={slot.asked > slot.announced ? 0.6 : 0}
            />
            <rect
              x={xOf(index)}
              width={8}
              y={y(slot.announced)}
              height={height - y(slot.announced)}
              className="fill-ink-soft"
            />
          </g>
        ))}
        <line
          x1={0}
          x2={width}
          y1={y(limit)}
          y2={y(limit)}
          className="stroke-serious"
          strokeWidth={1}
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <p className="figures flex justify-between text-2xs text-ink-faint">
        <span>{last ? formats.time(last.from + slotMs - shown * slotMs) : ''}</span>
        <span>{t('chartLine', { limit })}</span>
        <span>{formats.time(to)}</span>
      </p>
    </section>
  );
}
