'use client';
import { MapPin, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { drawingPen, freshPen, usePen } from '@/components/map/layers/drawing-pen.ts';
import { anchorOf, areaM2, lengthM } from '@/components/map/layers/drawing-shapes.ts';
import { LegendMarkPicture } from '@/components/map/legend-mark.tsx';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useTheme } from '@/components/shell/use-theme.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import type { Drawing } from '@/server/domain/follow-up.ts';
import { decideFollowUp } from '@/server/domain/follow-up-decide.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { FollowSection } from './follow-section.tsx';
import { RoomPen } from './room-pen.tsx';
import { useFollowUp } from './use-follow-up.ts';

export type RoomDrawingsProps = {
  of: Incident;
  actor: Actor;
  mayDraw: boolean;
  onShow: ((at: readonly [number, number]) => void) | null;
};

/** Every drawing of the map once more as a row, and the pen. */
export function RoomDrawings({ of, actor, mayDraw, onShow }: RoomDrawingsProps) {
  const t = useTranslations('room.draw');
  const keys = useTranslations('incident');
  const pen = usePen();
  const [erasing, setErasing] = useState<Drawing | null>(null);
  const command = useFollowUp(of.id, { onSaved: () => setErasing(null) });
  const probe = { id: '-', shape: { kind: 'point', at: [0, 0] }, label: '', meaning: 'note' } as const;
  const may =
    mayDraw &&
    !wasRefused(
      decideFollowUp(
        of,
        { act: 'draw', drawing: { ...probe, shape: { kind: 'point', at: [0, 0] } } },
        { now: 0, actor },
      ),
    );
  const drawing = pen?.incident === of.id;
  const begin = () => drawingPen.set(freshPen(of.id, 'point', 'note'));
  useHotkeys([
    { chord: 'escape', label: t('stop'), group: keys('keys'), enabled: drawing, run: () => drawingPen.set(null) },
  ]);
  if (!may && of.drawings.length === 0) return null;
  return (
    <FollowSection
      title={t('title', { count: of.drawings.length })}
      action={
        may && !drawing ? (
          <Button size="sm" look="quiet" onClick={begin}>
            {t('begin')}
          </Button>
        ) : null
      }
    >
      {drawing && pen ? <RoomPen pen={pen} /> : null}
      <ul className="divide-y divide-line">
        {of.drawings.map((one) => (
          <Row
            key={one.id}
            of={one}
            onShow={onShow ? () => onShow(anchorOf(one.shape)) : null}
            onErase={may ? () => setErasing(one) : null}
          />
        ))}
      </ul>
      <Dialog
        open={erasing !== null}
        size="sm"
        onOpenChange={(open) => !open && setErasing(null)}
        title={t('eraseTitle')}
        footer={
          <>
            <Button look="quiet" onClick={() => setErasing(null)}>
              {t('keep')}
            </Button>
            <Button
              look="primary"
              aria-disabled={command.busy}
              onClick={() => erasing && command.run({ command: { act: 'erase', drawing: erasing.id } })}
            >
              {t('erase')}
            </Button>
          </>
        }
      >
        <p className="text-sm">
          {erasing ? [t(`meaning.${erasing.meaning}`), erasing.label].filter(Boolean).join(' · ') : ''}
        </p>
        <p className="text-xs text-ink-faint">{t('eraseHint')}</p>
      </Dialog>
    </FollowSection>
  );
}

type RowProps = { of: Drawing; onShow: (() => void) | null; onErase: (() => void) | null };

function Row({ of, onShow, onErase }: RowProps) {
  const t = useTranslations('room.draw');
  const formats = useFormats();
  const theme = useTheme();
  const { shape } = of;
  const size =
    shape.kind === 'circle'
      ? t('radius', { distance: formats.distance(shape.radiusM) })
      : shape.kind === 'line'
        ? formats.distance(lengthM(shape.points))
        : shape.kind === 'area'
          ? t('hectares', { value: Math.round(areaM2(shape.points) / 1_000) / 10 })
          : shape.at.map((value) => value.toFixed(5)).join(', ');
  const name = [t(`meaning.${of.meaning}`), of.label].filter(Boolean).join(' · ');
  return (
    <li className="flex items-center gap-2 py-1 text-sm">
      <LegendMarkPicture mark={{ draw: 'drawing', meaning: of.meaning }} theme={theme} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{name}</span>
        <span className="block truncate text-2xs text-ink-faint">
          {t(`shape.${shape.kind}`)} {size} · {of.by.name} {formats.time(of.at)}
        </span>
      </span>
      {onShow ? (
        <Button look="quiet" size="icon-sm" aria-label={t('show', { name })} onClick={onShow}>
          <MapPin />
        </Button>
      ) : null}
      {onErase ? (
        <Button look="quiet" size="icon-sm" aria-label={t('eraseOne', { name })} onClick={onErase}>
          <Trash2 />
        </Button>
      ) : null}
    </li>
  );
}
