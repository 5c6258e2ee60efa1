'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { type Choice, editOf, factsIn, resolve } from '@/components/incident/conflict-merge.ts';
import type { FilingDraft } from '@/components/incident/filing-form.tsx';
import { answered, begunWith } from '@/components/incident/filing-proposals.ts';
import { newId } from '@/components/shell/new-id.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { toast } from '@/components/ui/toast.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { IncidentFacts } from '@/server/domain/incident-command.ts';
import type { EditedField } from '@/server/domain/incident-decide.ts';
import { isKnown, type LonLat, nowhere, type Place } from '@/server/domain/place.ts';
import { blank, type Filing, isUntouched } from './kept-filing.ts';
import { useConflicts } from './use-conflicts.ts';
import { useKeptFilings } from './use-kept-filings.ts';

/** What the operator left open is left open: empty is not an answer. */
export const factsOf = (draft: FilingDraft): IncidentFacts => ({
  title: draft.title.trim() || null,
  text: draft.text.trim() || null,
  kind: draft.kind,
  place: isKnown(draft.place) ? draft.place : null,
  priority: draft.priority,
});

export type FilingOptions = { actor: string; onOpened: (incident: string) => void; onSaved: () => void };

const begun = (): Filing => ({ mode: 'new', incident: newId(), from: blank, draft: blank });

/** Filing: new from a call or a point on the map, from a signal at once, or the facts of an incident that is there. */
export function useFiling({ actor, onOpened, onSaved }: FilingOptions) {
  const t = useTranslations('incident.form');
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  const client = useTRPCClient();
  const kept = useKeptFilings(actor);
  const [filing, setFiling] = useState<Filing | null>(null);
  const latest = useRef(filing);
  latest.current = filing;
  const conflict = useConflicts(filing, (change) => setFiling((now) => (now ? change(now) : now)));
  /** Saved: what was kept of it goes; other drafts that were put aside stay. */
  const done = (incident: string) => {
    kept.forget(incident);
    setFiling((now) => (now?.incident === incident ? null : now));
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
  const change = useCommand<{ incident: string; facts: IncidentFacts; base: IncidentFacts }, unknown>(
    ({ commandId, incident, facts, base }) =>
      client.incident.move.mutate({ commandId, incident, command: { move: 'edit', facts, base } }),
    {
      saved: t('saved'),
      onSaved: () => {
        done(latest.current?.incident ?? '');
        onSaved();
      },
      onRefused: ({ refused }) => {
        const incident = latest.current?.incident;
        if (refused !== 'edit_conflict' || !incident) return false;
        void conflict.look(incident);
        return true;
      },
    },
  );

  // A reload, a crash or a session that ended takes nothing that was typed.
  const { crashed, ready } = kept;
  const recovered = useRef<string | null>(null);
  useEffect(() => {
    if (!ready || recovered.current === actor) return;
    recovered.current = actor;
    if (crashed && !latest.current) setFiling(crashed.filing);
  }, [actor, ready, crashed]);
  const { keep } = kept;
  // biome-ignore lint/correctness/useExhaustiveDependencies: written down whenever it changes
  useEffect(() => {
    if (filing) keep(filing, true);
  }, [actor, filing]);

  const aside = () => {
    if (filing) kept.keep(filing, false);
    setFiling(null);
  };
  const bringBack = (again: Filing): void => {
    toast.message(t('restored'));
    setFiling(again);
  };
  /** Others of this person that wait: new ones, beside the one on the screen. */
  const waiting = kept.drafts.filter((one) => one.filing.mode === 'new' && one.filing.incident !== filing?.incident);

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
    conflict: {
      ...conflict,
      resolve: (field: EditedField, choice: Choice) =>
        setFiling((now) =>
          now && conflict.theirs
            ? { ...now, ...resolve(now, conflict.theirs, { field, choice, mark: t('mark') }) }
            : now,
        ),
    },
    waiting: waiting.length,
    draft: (draft: FilingDraft) => setFiling((now) => (now ? { ...now, draft } : now)),
    /** What was put aside comes back; a second draft is begun by pointing at the map. */
    startNew() {
      if (filing?.mode === 'new') return;
      if (filing) kept.keep(filing, false);
      if (waiting[0]) bringBack(waiting[0].filing);
      else setFiling(begun());
    },
    startEdit(of: Incident) {
      const held = kept.drafts.find(({ filing: one }) => one.mode === 'edit' && one.incident === of.id);
      if (held) return bringBack(held.filing);
      setFiling({ mode: 'edit', incident: of.id, from: factsIn(of), draft: begunWith(factsIn(of)) });
    },
    /** The next of the drafts that wait; the one on the screen waits behind them. */
    another() {
      const next = waiting.at(-1);
      if (!next) return;
      if (filing) kept.keep(filing, false);
      bringBack(next.filing);
    },
    aside,
    cancel: () => {
      if (filing) kept.forget(filing.incident);
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
      const { mode, incident } = filing;
      const draft = answered(filing.draft, locale);
      if (mode === 'new') return begin.run({ incident, signals: [], facts: factsOf(draft) });
      if (conflict.conflicts.length > 0) return;
      if (isUntouched(filing)) return done(incident);
      change.run({ incident, ...editOf({ from: filing.from, draft }) });
    },
    /** Onto the open form; without one a new draft begins, and those put aside stay as they are. */
    async point(lonLat: LonLat) {
      const onto = latest.current ?? begun();
      if (!latest.current)
        setFiling({ ...onto, draft: { ...onto.draft, place: { ...nowhere, lonLat, source: 'map' } } });
      const place = await placeAt(lonLat, onto.draft.place);
      setFiling((now) => (now?.incident === onto.incident ? { ...now, draft: { ...now.draft, place } } : now));
    },
  };
}
