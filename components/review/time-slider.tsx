'use client';
import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { type Player, type Speed, speeds } from './use-player.ts';

export type Lane = {
  readonly id: string;
  readonly name: string;
  readonly stretches: readonly { from: number; to: number }[];
};

export type TimeSliderProps = {
  player: Player;
  span: { readonly from: number; readonly to: number };
  /** When the log says something. */
  marks: readonly number[];
  lanes: readonly Lane[];
  onNeighbour: (by: 1 | -1) => void;
};

/** A moment of the incident. Under it, when each unit's position was known: what is empty there was not known then. */
export function TimeSlider({ player, span, marks, lanes, onNeighbour }: TimeSliderProps) {
  const t = useTranslations('review.player');
  const formats = useFormats();
  const length = span.to - span.from;
  const percent = (at: number) => `${(((at - span.from) / length) * 100).toFixed(3)}%`;
  return (
    <section aria-label={t('title')} className="flex shrink-0 flex-col gap-1.5 border-t border-line bg-panel px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="icon" look="primary" onClick={player.toggle} aria-label={player.playing ? t('pause') : t('play')}>
          {player.playing ? <Pause /> : <Play />}
        </Button>
        <Button size="icon" onClick={() => onNeighbour(-1)} aria-label={t('previous')}>
          <SkipBack />
        </Button>
        <Button size="icon" onClick={() => onNeighbour(1)} aria-label={t('next')}>
          <SkipForward />
        </Button>
        <ToggleGroup
          label={t('speed')}
          value={String(player.speed)}
          onValueChange={(value) => player.setSpeed(Number(value) as Speed)}
          choices={speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
        />
        <output className="figures ms-auto flex items-baseline gap-2">
          <span className="text-base font-semibold">{formats.dateTime(player.at)}</span>
          <span className="text-xs text-ink-faint">+{clockText(player.at - span.from)}</span>
        </output>
      </div>
      <div className="grid grid-cols-[5.5rem_1fr] items-center gap-x-2 gap-y-1">
        <span className="text-2xs text-ink-faint">{t('log')}</span>
        <div className="relative h-7">
          <div aria-hidden className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-line" />
          <div
            aria-hidden
            className="absolute start-0 top-1/2 h-1 -translate-y-1/2 rounded-full bg-ink-faint"
            style={{ width: percent(player.at) }}
          />
          {marks.map((at, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: several entries may share a moment
              key={`${at}-${index}`}
              aria-hidden
              className="absolute top-1/2 h-3 w-px -translate-y-1/2 bg-ink-soft"
              style={{ left: percent(at) }}
            />
          ))}
          <span
            aria-hidden
            className="absolute top-1/2 size-3.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-panel bg-accent"
            style={{ left: percent(player.at) }}
          />
          <input
            type="range"
            aria-label={t('moment')}
            aria-valuetext={formats.dateTime(player.at)}
            min={span.from}
            max={span.to}
            step={1_000}
            value={player.at}
            onChange={(event) => player.seek(Number(event.target.value))}
            onKeyDown={(event) => {
              if (event.key !== ' ') return;
              event.preventDefault();
              player.toggle();
            }}
            className="absolute inset-0 w-full cursor-default opacity-0"
          />
          <span
            aria-hidden
            className="pointer-events-none absolute inset-0 rounded-sm [input:focus-visible+&]:outline-2 [input:focus-visible+&]:outline-accent"
          />
        </div>
        {lanes.map((lane) => (
          <div key={lane.id} className="contents">
            <span className="truncate text-2xs text-ink-faint">{lane.name}</span>
            <div
              role="img"
              aria-label={t('lane', { name: lane.name, count: lane.stretches.length })}
              className="relative h-1.5 rounded-full bg-[repeating-linear-gradient(45deg,transparent_0_3px,var(--line)_3px_4px)]"
            >
              {lane.stretches.map((stretch) => (
                <span
                  key={stretch.from}
                  className={cn('absolute inset-y-0 min-w-0.5 rounded-full bg-unit-moving')}
                  style={{
                    left: percent(stretch.from),
                    width: `${(((stretch.to - stretch.from) / length) * 100).toFixed(3)}%`,
                  }}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
