'use client';
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import {
  drawingPen,
  freshPen,
  type Pen,
  shapeOf,
  withoutLast,
  withPoint,
} from '@/components/map/layers/drawing-pen.ts';
import { drawingMeanings } from '@/components/map/layers/drawing-shapes.ts';
import { newId } from '@/components/shell/new-id.ts';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Combobox } from '@/components/ui/combobox.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import type { Drawing } from '@/server/domain/follow-up.ts';
import { useFollowUp } from './use-follow-up.ts';

const shapes = ['point', 'line', 'area', 'circle'] as const;

/** A point by coordinates in any common form, or by the name of a place: everything the mouse can, keys can. */
function PointField({ onPoint }: { onPoint: (at: [number, number]) => void }) {
  const t = useTranslations('room.draw');
  const trpc = useTRPC();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 120);
    return () => clearTimeout(timer);
  }, [text]);
  const search = useQuery(
    trpc.place.search.queryOptions({ text: asked, limit: 8 }, { enabled: asked.length > 0, staleTime: 600_000 }),
  );
  const found = asked && asked === text.trim() ? (search.data ?? []) : [];
  const places = found.flatMap((one) => (one.lonLat ? [{ ...one, lonLat: one.lonLat }] : []));
  const keyOf = (one: (typeof places)[number]) => `${one.level}/${one.name}/${one.lonLat.join()}`;
  return (
    <Combobox
      aria-label={t('point')}
      placeholder={t('pointHint')}
      text={text}
      onText={setText}
      loading={search.isFetching}
      empty={asked && search.isSuccess && asked === text.trim() ? t('noPoint') : undefined}
      choices={places.map((one) => ({
        key: keyOf(one),
        node: (
          <span className="flex gap-2">
            <span className="truncate">{one.name}</span>
            <span className="figures ms-auto text-2xs text-ink-faint">
              {one.lonLat.map((value) => value.toFixed(5)).join(', ')}
            </span>
          </span>
        ),
      }))}
      onPick={(key) => {
        const one = places.find((each) => keyOf(each) === key);
        if (!one) return;
        onPoint([one.lonLat[0], one.lonLat[1]]);
        setText('');
      }}
    />
  );
}

/** What is drawn, what it means, and its points, by map or by keys. Ctrl+Enter gives it to everybody. */
export function RoomPen({ pen }: { pen: Pen }) {
  const t = useTranslations('room.draw');
  const keys = useTranslations('incident');
  const ui = useTranslations('ui');
  const command = useFollowUp(pen.incident, { onSaved: () => drawingPen.set(null) });
  const shape = shapeOf(pen);
  const change = (next: Partial<Pen>) => drawingPen.set({ ...pen, ...next });
  function finish() {
    if (!shape || command.busy) return;
    const drawing: Omit<Drawing, 'by' | 'at'> = { id: newId(), shape, label: pen.label.trim(), meaning: pen.meaning };
    command.run({ command: { act: 'draw', drawing } });
  }
  // A room that goes takes its pen along: another incident must not be drawn into.
  useEffect(() => () => drawingPen.set(null), []);
  const tools = useRef<HTMLFieldSetElement>(null);
  useEffect(() => tools.current?.querySelector<HTMLElement>('[role="radio"]')?.focus(), []);
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('finish'),
      group: keys('keys'),
      inField: true,
      enabled: shape !== null,
      run: finish,
    },
    {
      chord: 'backspace',
      label: t('undo'),
      group: keys('keys'),
      enabled: pen.points.length > 0,
      run: () => drawingPen.set(withoutLast(pen)),
    },
  ]);
  return (
    <fieldset ref={tools} aria-label={t('pen')} className="flex flex-col gap-2 rounded-md border border-accent p-2">
      <div className="flex flex-wrap items-center gap-2">
        <ToggleGroup
          label={t('kind')}
          value={pen.kind}
          onValueChange={(kind) =>
            drawingPen.set({
              ...freshPen(pen.incident, kind, pen.meaning),
              label: pen.label,
              points: kind === 'point' || kind === 'circle' ? pen.points.slice(0, 1) : pen.points,
            })
          }
          choices={shapes.map((value) => ({ value, label: t(`shape.${value}`) }))}
        />
        <Select
          aria-label={t('means')}
          className="w-32"
          value={pen.meaning}
          onValueChange={(meaning) => change({ meaning })}
          choices={drawingMeanings.map((value) => ({ value, label: t(`meaning.${value}`) }))}
        />
      </div>
      <Input
        aria-label={t('label')}
        placeholder={t('label')}
        maxLength={200}
        value={pen.label}
        onChange={(event) => change({ label: event.target.value })}
      />
      <PointField onPoint={(at) => drawingPen.set(withPoint(pen, at))} />
      {pen.kind === 'circle' ? (
        <Input
          type="number"
          min={1}
          max={200_000}
          aria-label={t('radiusM')}
          placeholder={t('radiusM')}
          value={pen.radiusM ?? ''}
          onChange={(event) => change({ radiusM: event.target.value ? Number(event.target.value) : null })}
        />
      ) : null}
      <p role="status" className="text-xs text-ink-faint">
        {t(`guide.${pen.kind}`)} {t('points', { count: pen.points.length })}
      </p>
      <div className="flex justify-end gap-1">
        <Button
          size="sm"
          look="quiet"
          disabled={pen.points.length === 0}
          onClick={() => drawingPen.set(withoutLast(pen))}
        >
          <Undo2 /> {t('undo')}
        </Button>
        <Button size="sm" look="quiet" onClick={() => drawingPen.set(null)}>
          {ui('cancel')}
        </Button>
        <Button size="sm" look="primary" aria-disabled={!shape || command.busy} onClick={finish}>
          {t('finish')}
        </Button>
      </div>
    </fieldset>
  );
}
