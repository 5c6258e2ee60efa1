'use client';
import { useQuery } from '@tanstack/react-query';
import { Crosshair } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { type Answers, useTRPC } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { Combobox } from '@/components/ui/combobox.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type LonLat, nowhere, type Place } from '@/server/domain/place.ts';

type Candidate = Answers['place']['search'][number];

/** Figures in the field: then it matters on which datum they were read off. */
const figures = /\d{1,3}\s*[.°度]\s*\d/;
const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;
type Datum = (typeof datums)[number];

export type PlacePickerProps = {
  value: Place;
  onChange: (place: Place) => void;
  /** Where to move the map so that the operator can point: a district, the surroundings of a landmark. */
  onLook?: (view: { lonLat: LonLat | null; bbox: readonly [number, number, number, number] | null }) => void;
  /** The operator wants to point at the map; null where there is no map. */
  picking: boolean;
  onPick: ((picking: boolean) => void) | null;
  id?: string;
  autoFocus?: boolean;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

/** A found name keeps a point that the operator gave before: choosing the street does not lose the position. */
export const placeOf = (found: Candidate, before: Place): Place => ({
  ...nowhere,
  text: [...found.parents.map((parent) => parent.name), found.name].join(' '),
  lonLat: found.lonLat ?? (found.district === before.district ? before.lonLat : null),
  district: found.district,
  street: found.street,
  community: found.community,
  nearDistrict: found.nearDistrict,
  source: 'gazetteer',
});

function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

/** Characters, pinyin, initials or coordinates; or a point on the map; or just the caller's words. */
export function PlacePicker({ value, onChange, onLook, picking, onPick, ...field }: PlacePickerProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const formats = useFormats();
  const [text, setText] = useState(value.text);
  const [asked, setAsked] = useState(false);
  const [datum, setDatum] = useState<Datum>('wgs84');
  useEffect(() => setText(value.text), [value.text]);
  const query = useSettled(text.trim(), 120);
  const search = useQuery(
    trpc.place.search.queryOptions(
      { text: query, limit: 10, datum },
      { enabled: asked && query.length > 0, staleTime: 600_000 },
    ),
  );
  // Candidates of what was typed before must not be taken for those of what is typed now.
  const settled = query === text.trim();
  const candidates = asked && query && settled ? (search.data ?? []) : [];
  const keyOf = (one: Candidate) =>
    `${one.level}/${one.name}/${one.district}/${one.street}/${one.community}/${one.view?.centre ?? ''}`;

  function choose(key: string) {
    const found = candidates.find((one) => keyOf(one) === key);
    if (!found) return;
    onChange(placeOf(found, value));
    onLook?.({ lonLat: found.lonLat, bbox: found.view?.bbox ?? null });
    setAsked(false);
  }

  return (
    <div className="flex flex-col gap-1">
      <div className="flex gap-1.5">
        <Combobox
          {...field}
          className="flex-1"
          aria-label={t('incident.place.label')}
          placeholder={t('incident.place.placeholder')}
          text={text}
          loading={asked && search.isFetching}
          empty={asked && query && settled && search.isSuccess ? t('incident.place.nothing') : undefined}
          onText={(next) => {
            setText(next);
            setAsked(true);
            onChange({
              ...value,
              text: next.slice(0, 500),
              source: value.lonLat ? value.source : next ? 'operator' : 'none',
            });
          }}
          onPick={choose}
          choices={candidates.map((one) => ({
            key: keyOf(one),
            node: (
              <span className="flex items-baseline gap-2">
                <span className="truncate">{one.name}</span>
                <span className="truncate text-xs text-ink-faint">
                  {one.parents.map((parent) => parent.name).join(' · ')}
                </span>
                <span className="ms-auto shrink-0 text-2xs text-ink-faint">
                  {t(`incident.place.level.${one.level}`)}
                  {one.approximateM ? ` ±${formats.distance(one.approximateM)}` : ''}
                  {one.datum ? ` ${t(`incident.place.datums.${one.datum}`)}` : ''}
                </span>
              </span>
            ),
          }))}
        />
        {asked && figures.test(text) ? (
          <Select
            className="w-32 shrink-0"
            aria-label={t('incident.place.datum')}
            value={datum}
            onValueChange={(next) => setDatum(next as Datum)}
            choices={datums.map((one) => ({ value: one, label: t(`incident.place.datums.${one}`) }))}
          />
        ) : null}
        {onPick ? (
          <Button
            look={picking ? 'primary' : 'plain'}
            size="icon"
            aria-pressed={picking}
            aria-label={t('incident.place.pick')}
            title={t('incident.place.pick')}
            onClick={() => onPick(!picking)}
          >
            <Crosshair />
          </Button>
        ) : null}
      </div>
      <p className="figures text-2xs text-ink-faint" aria-live="polite">
        {picking
          ? t('incident.place.picking')
          : value.lonLat
            ? `${value.lonLat[0].toFixed(5)}, ${value.lonLat[1].toFixed(5)} · ${t(`domain.placeSource.${value.source}`)}`
            : t('incident.place.noPoint')}
      </p>
    </div>
  );
}
