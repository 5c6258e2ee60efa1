'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { FilingDraft } from '@/components/incident/filing-form.tsx';
import { newId } from '@/components/shell/new-id.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { toast } from '@/components/ui/toast.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentFacts } from '@/server/domain/incident-command.ts';
import { isKnown, type LonLat, nowhere, type Place } from '@/server/domain/place.ts';
import { blank, continues, type Filing, forgetFiling, isUntouched, keepFiling, keptFiling } from './kept-filing.ts';

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

export type FilingOptions = { actor: string; onOpened: (incident: string) => void; onSaved: () => void };

const storage = () => (typeof sessionStorage === 'undefined' ? null : sessionStorage);

/** Filing: new from a call or a point on the map, from a signal at once, or the facts of an incident that is there. */
export function useFiling({ actor, onOpened, onSaved }: FilingOptions) {
  const t = useTranslations('incident.form');
  const client = useTRPCClient();
  const [filing, setFiling] = useState<Filing | null>(null);
  /** Saved: what was kept of it goes; another draft that was put aside stays. */
  const done = (incident: string) => {
    if (keptFiling(storage(), actor)?.filing.incident === incident) forgetFiling(storage());
    setFiling(null);
  };
  const begin = useCommand<
    { incident: string; signals: string[]; facts: IncidentFacts },
    { incident: string; number: string }
  >(({ commandId, ...input }) => client.incident.open.mutate({ commandId, ...input }), {
    saved: t('opened'),
    onSaved: ({ incident }) => {
      onOpened(incident);
      done(incident);
    },
  });
  const change = useCommand<{ incident: string; facts: IncidentFacts }, unknown>(
    ({ commandId, incident, facts }) =>
      client.incident.move.mutate({ commandId, incident, command: { move: 'edit', facts } }),
    {
      saved: t('saved'),
      onSaved: () => {
        done(filing?.incident ?? '');
        onSaved();
      },
    },
  );

  // A reload or a session that ended takes nothing that was typed (the tab keeps it, for this person only).
  useEffect(() => {
    const kept = keptFiling(storage(), actor);
    if (kept?.open) setFiling(kept.filing);
  }, [actor]);
  useEffect(() => {
    if (filing && !isUntouched(filing)) keepFiling(storage(), { actor, open: true, filing });
  }, [actor, filing]);

  /** What was put aside comes back where the same thing is begun again. */
  function begun(fresh: Filing): void {
    const kept = keptFiling(storage(), actor)?.filing;
    const goesOn = kept && continues(kept, fresh);
    if (goesOn) toast.message(t('restored'));
    setFiling(goesOn ? kept : fresh);
  }

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
    startNew: () => begun({ mode: 'new', incident: newId(), from: blank, draft: blank }),
    startEdit: (of: Incident) => begun({ mode: 'edit', incident: of.id, from: draftOf(of), draft: draftOf(of) }),
    /** Closed, not given up. */
    aside: () => {
      if (filing && !isUntouched(filing)) keepFiling(storage(), { actor, open: false, filing });
      setFiling(null);
    },
    cancel: () => {
      forgetFiling(storage());
      setFiling(null);
    },
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
      const place = await placeAt(lonLat, filing?.draft.place ?? nowhere);
      setFiling((now) => {
        const onto: Filing = now ?? { mode: 'new', incident: newId(), from: blank, draft: blank };
        return { ...onto, draft: { ...onto.draft, place } };
      });
    },
  };
}
