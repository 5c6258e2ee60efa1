'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { CityPack } from './city-pack.ts';
import type { Bbox, LonLat } from './geometry.ts';
import type { MapLayer, Picked } from './map-layer.ts';
import type { MapSurface } from './map-surface.ts';
import { type MapNotice, type StartedMap, startMap, type UnavailableReason } from './start-map.ts';
import type { MapTheme } from './tokens.ts';

export type MapViewProps = {
  theme: MapTheme;
  /** Bottom to top. Keep the array and the layers the same between renders. */
  layers: readonly MapLayer[];
  /** Name for those who do not see it. */
  label: string;
  city?: string;
  /** Mapbox GL instead of MapLibre, where the operator of the installation has an account. */
  token?: string | null;
  mapboxStyle?: string | null;
  /** First view; the city's own where not given. */
  opening?: Bbox | null;
  /** Size of words and marks: 1 at a desk, more on a wall. */
  scale?: number;
  /** A wall shows, it is not moved. */
  still?: boolean;
  /** The next click chooses a place. */
  choosing?: boolean;
  onReady?: (surface: MapSurface | null) => void;
  onPick?: (picked: Picked | null) => void;
  onHover?: (picked: Picked | null) => void;
  onMapClick?: (lonLat: LonLat) => void;
  onNotice?: (notice: MapNotice) => void;
  onUnavailable?: (reason: UnavailableReason) => void;
  className?: string;
};

/** The one place a map is made. Without WebGL it says so; everything it shows has a list of its own. */
export function MapView(props: MapViewProps) {
  const {
    theme,
    layers,
    city = 'nanjing',
    token = null,
    mapboxStyle = null,
    scale = 1,
    still = false,
    choosing = false,
  } = props;
  const t = useTranslations('map');
  const language = useLocale() === 'zh-CN' ? 'zh' : 'en';
  const holder = useRef<HTMLDivElement>(null);
  const started = useRef<StartedMap | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const first = useRef({ theme, language, layers } as const);
  first.current = { theme, language, layers };
  const [state, setState] = useState<'starting' | 'ready' | UnavailableReason>('starting');
  const [pack, setPack] = useState<CityPack | null>(null);
  const [slow, setSlow] = useState(false);
  const words = useRef({ 'Map.Title': props.label });
  words.current = { 'Map.Title': props.label };

  useEffect(() => {
    const container = holder.current;
    if (!container) return;
    setState('starting');
    setSlow(false);
    const map = startMap({
      container,
      city,
      token,
      mapboxStyle,
      scale,
      still,
      opening: latest.current.opening ?? null,
      words: words.current,
      first: first.current,
      on: {
        ready: (surface, used) => {
          setState('ready');
          setPack(used);
          latest.current.onReady?.(surface);
        },
        pick: (picked, lonLat) => {
          if (!latest.current.choosing) latest.current.onPick?.(picked);
          latest.current.onMapClick?.(lonLat);
        },
        hover: (picked) => latest.current.onHover?.(picked),
        slow: setSlow,
        notice: (notice) => latest.current.onNotice?.(notice),
        unavailable: (reason) => {
          setState(reason);
          latest.current.onReady?.(null);
          latest.current.onUnavailable?.(reason);
        },
      },
    });
    started.current = map;
    return () => {
      started.current = null;
      latest.current.onReady?.(null);
      map.stop();
    };
  }, [city, token, mapboxStyle, scale, still]);

  useEffect(() => started.current?.setTheme(theme), [theme]);
  useEffect(() => started.current?.setLanguage(language), [language]);
  useEffect(() => started.current?.setLayers(layers), [layers]);
  useEffect(() => started.current?.setChoosing(choosing), [choosing]);

  return (
    <div className={props.className} style={{ position: 'relative', overflow: 'hidden' }}>
      <div ref={holder} style={{ position: 'absolute', inset: 0 }} data-map={state} />
      {state === 'starting' || state === 'ready' ? null : (
        <div role="status" className="absolute inset-0 grid place-content-center gap-1 bg-sunken p-6 text-center">
          <p className="text-base font-medium text-ink">{t(`unavailable.${state}`)}</p>
          <p className="text-sm text-ink-soft">{t('unavailable.hint')}</p>
        </div>
      )}
      {pack && state === 'ready' ? (
        <p className="pointer-events-none absolute end-1 bottom-1 rounded-sm bg-panel/80 px-1.5 py-0.5 text-2xs text-ink-soft">
          {language === 'zh' ? pack.note : pack.noteEn}
          {pack.approvalNumber ? ` · ${pack.approvalNumber}` : ''}
          {` · ${language === 'zh' ? pack.attribution : pack.attributionEn}`}
          {slow ? ` · ${t('slow')}` : ''}
        </p>
      ) : null}
    </div>
  );
}
