'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Heading } from '@/components/ui/panel.tsx';
import type { Slot } from '@/server/domain/alarm-figures.ts';

const height = 64;

/** Alarms per ten minutes over the shift: solid what was announced, hollow what was collected; the line is where a flood begins. */
export function RateBars({ slots, limit }: { slots: readonly Slot[]; limit: number }) {
  const t = useTranslations('alarms.figures');
  const formats = useFormats();
  const most = Math.max(limit * 1.2, ...slots.map(({ asked }) => asked));
  const y = (value: number) => height - (value / most) * height;
  const width = slots.length * 10;
  const first = slots[0];
  const last = slots.at(-1);
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
              x={index * 10 + 1}
              width={8}
              y={y(slot.asked)}
              height={height - y(slot.asked)}
              className="fill-serious-wash stroke-serious/60"
              strokeWidth={slot.asked > slot.announced ? 0.6 : 0}
            />
            <rect
              x={index * 10 + 1}
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
        <span>{first ? formats.time(first.from) : ''}</span>
        <span>{t('chartLine', { limit })}</span>
        <span>{last ? formats.time(last.from + 600_000) : ''}</span>
      </p>
    </section>
  );
}
