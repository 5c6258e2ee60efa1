'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FilingDraft } from '@/components/incident/filing-form.tsx';
import { newId } from '@/components/shell/new-id.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentFacts } from '@/server/domain/incident-command.ts';
import { isKnown, type LonLat, nowhere, type Place } from '@/server/domain/place.ts';

export type Filing = { readonly mode: 'new' | 'edit'; readonly incident: string; readonly draft: FilingDraft };

const blank: FilingDraft = { title: '', text: '', kind: null, place: nowhere, priority: null };

/** What the operator left open is left open: empty is not an answer. */
export const factsOf = (draft: FilingDraft): IncidentFacts => ({
  title: draft.title.trim() || null,
  text: draft.text.trim() || null,
  kind: draft.kind,
  place: isKnown(draft.place) ? draft.place : null,
  priority: draft.priority,
});

export const draftOf = (of: Incident): FilingDraft => ({
  title: of.title,
  text: of.text,
  kind: of.kind,
  place: of.place,
  priority: of.priority,
});

export type FilingOptions = { onOpened: (incident: string) => void; onSaved: () => void };

/** Filing: new from a call or a point on the map, from a signal at once, or the facts of an incident that is there. */
export function useFiling({ onOpened, onSaved }: FilingOptions) {
  const t = useTranslations('incident.form');
  const client = useTRPCClient();
  const [filing, setFiling] = useState<Filing | null>(null);
  const begin = useCommand<
    { incident: string; signals: string[]; facts: IncidentFacts },
    { incident: string; number: string }
  >(({ commandId, ...input }) => client.incident.open.mutate({ commandId, ...input }), {
    saved: t('opened'),
    onSaved: ({ incident }) => {
      setFiling(null);
      onOpened(incident);
    },
  });
  const change = useCommand<{ incident: string; facts: IncidentFacts }, unknown>(
    ({ commandId, incident, facts }) =>
      client.incident.move.mutate({ commandId, incident, command: { move: 'edit', facts } }),
    {
      saved: t('saved'),
      onSaved: () => {
        setFiling(null);
        onSaved();
      },
    },
  );

  /** The district of a point comes from the server; the operator's own words stay. */
  async function placeAt(lonLat: LonLat, before: Place): Promise<Place> {
    const point: Place = { ...before, lonLat, source: 'map' };
    try {
      const found = await client.place.at.query({ lonLat });
      const same = found.district === before.district;
      return {
        ...point,
        text: before.text || (found.districtName ?? ''),
        district: found.district,
        street: same ? before.street : null,
        community: same ? before.community : null,
        nearDistrict: found.nearDistrict,
      };
    } catch {
      return { ...point, district: null, street: null, community: null }; // the point counts; its district stays unknown
    }
  }

  return {
    filing,
    busy: begin.busy || change.busy,
    claiming: begin.busy,
    draft: (draft: FilingDraft) => setFiling((now) => (now ? { ...now, draft } : now)),
    startNew: (place: Place = nowhere) => setFiling({ mode: 'new', incident: newId(), draft: { ...blank, place } }),
    startEdit: (of: Incident) => setFiling({ mode: 'edit', incident: of.id, draft: draftOf(of) }),
    cancel: () => setFiling(null),
    claim: (signal: string) =>
      begin.run({
        incident: newId(),
        signals: [signal],
        facts: { title: null, text: null, kind: null, place: null, priority: null },
      }),
    save: () => {
      if (!filing) return;
      const { mode, incident, draft } = filing;
      if (mode === 'new') begin.run({ incident, signals: [], facts: factsOf(draft) });
      else change.run({ incident, facts: factsOf(draft) });
    },
    async point(lonLat: LonLat) {
      const before = filing?.draft.place ?? nowhere;
      const place = await placeAt(lonLat, before);
      setFiling((now) =>
        now
          ? { ...now, draft: { ...now.draft, place } }
          : { mode: 'new', incident: newId(), draft: { ...blank, place } },
      );
    },
  };
}
