'use client';
import { Crosshair, Layers, LocateFixed, Maximize } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { MapLayer } from '@/components/map/map-layer.ts';
import type { MapSurface } from '@/components/map/map-surface.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Popover } from '@/components/ui/popover.tsx';
import { LayersPanel } from './layers-panel.tsx';
import type { ListName } from './list-rows.ts';

export type MapToolsProps = {
  layers: readonly MapLayer[];
  surface: MapSurface | null;
  choosing: boolean;
  onChoosing: ((choosing: boolean) => void) | null;
  onList: (name: ListName) => void;
};

/** Layers with their legend, the whole city, and giving the map back to the program. */
export function MapTools({ layers, surface, choosing, onChoosing, onList }: MapToolsProps) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!surface) return;
    setTouched(surface.touched());
    return surface.on('touched', setTouched);
  }, [surface]);

  useHotkeys([
    { chord: 'l', label: t('console.keys.layers'), group: t('console.keys.title'), run: () => setOpen(true) },
  ]);

  if (!surface) return null;
  return (
    <div className="absolute end-2 top-2 flex flex-col items-end gap-1.5">
      <Popover
        label={t('map.tools.layers')}
        align="start"
        side="left"
        className="w-96"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="icon" aria-label={t('map.tools.layers')} title={t('map.tools.layers')} className="shadow-float">
            <Layers />
          </Button>
        }
      >
        <LayersPanel
          layers={layers}
          onList={(name) => {
            setOpen(false);
            onList(name);
          }}
        />
      </Popover>
      {onChoosing ? (
        <Button
          size="icon"
          look={choosing ? 'primary' : 'plain'}
          aria-pressed={choosing}
          aria-label={t('map.tools.file')}
          title={t('map.tools.file')}
          className="shadow-float"
          onClick={() => onChoosing(!choosing)}
        >
          <Crosshair />
        </Button>
      ) : null}
      {touched ? (
        <Button
          size="icon"
          aria-label={t('map.tools.release')}
          title={t('map.tools.release')}
          className="shadow-float"
          onClick={() => surface.release()}
        >
          <LocateFixed />
        </Button>
      ) : (
        <span title={t('map.tools.follows')} className="sr-only">
          <Maximize aria-hidden /> {t('map.tools.follows')}
        </span>
      )}
    </div>
  );
}
