'use client';
import { Crosshair, Layers, LocateFixed, Maximize } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { LegendMarkPicture } from '@/components/map/legend-mark.tsx';
import type { MapLayer } from '@/components/map/map-layer.ts';
import type { MapSurface } from '@/components/map/map-surface.ts';
import { useTheme } from '@/components/shell/use-theme.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Popover } from '@/components/ui/popover.tsx';

export type MapToolsProps = {
  layers: readonly MapLayer[];
  surface: MapSurface | null;
  choosing: boolean;
  onChoosing: ((choosing: boolean) => void) | null;
};

/** Layers with their legend, the whole city, and giving the map back to the program. */
export function MapTools({ layers, surface, choosing, onChoosing }: MapToolsProps) {
  const t = useTranslations();
  const theme = useTheme();
  const [open, setOpen] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!surface) return;
    setTouched(surface.touched());
    return surface.on('touched', setTouched);
  }, [surface]);

  function toggle(layer: MapLayer) {
    const next = new Set(hidden);
    if (!next.delete(layer.id)) next.add(layer.id);
    layer.setVisible(!next.has(layer.id));
    setHidden(next);
  }
  const word = (key: string) => t(key as 'map.label');
  const shown = layers.filter((layer) => layer.legend.length > 0);

  if (!surface) return null;
  return (
    <div className="absolute end-2 top-2 flex flex-col items-end gap-1.5">
      <Popover
        label={t('map.tools.layers')}
        align="start"
        side="left"
        className="w-72"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button size="icon" aria-label={t('map.tools.layers')} title={t('map.tools.layers')} className="shadow-float">
            <Layers />
          </Button>
        }
      >
        <ul className="flex flex-col gap-2">
          {shown.map((layer) => (
            <li key={layer.id}>
              {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
              <label className="flex items-center gap-2 text-sm font-medium">
                <Checkbox checked={!hidden.has(layer.id)} onCheckedChange={() => toggle(layer)} />
                {word(layer.words)}
              </label>
              {hidden.has(layer.id) ? null : (
                <ul className="mt-1 grid grid-cols-2 gap-x-3 gap-y-0.5 ps-6 text-xs text-ink-soft">
                  {layer.legend.map((entry) => (
                    <li
                      key={entry.words}
                      className={cn('flex items-center gap-1.5', layer.legend.length === 1 && 'col-span-2')}
                    >
                      <LegendMarkPicture mark={entry.mark} theme={theme} />
                      <span className="truncate">{word(entry.words)}</span>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
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
