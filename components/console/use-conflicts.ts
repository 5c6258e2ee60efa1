'use client';
import { useEffect, useRef, useState } from 'react';
import { conflictsWith, factsIn, follow } from '@/components/incident/conflict-merge.ts';
import type { Change } from '@/components/incident/conflict-notice.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { EditedField } from '@/server/domain/incident-decide.ts';
import { type LastEdit, lastEdit } from '@/server/domain/last-edit.ts';
import type { Filing } from './kept-filing.ts';

type Seen = { readonly version: number; readonly incident: Incident };
const none: readonly EditedField[] = [];

/**
 * The record under an open form: where the operator typed nothing the form follows it at once and says who changed what;
 * where both wrote, a person chooses.
 */
export function useConflicts(filing: Filing | null, onFiling: (change: (now: Filing) => Filing) => void) {
  const client = useTRPCClient();
  const id = filing?.mode === 'edit' ? filing.incident : null;
  const record = useRecord('incident', id);
  const [asked, setAsked] = useState<Seen | null>(null);
  const [told, setTold] = useState<{ of: string; fields: readonly EditedField[] } | null>(null);
  const [edits, setEdits] = useState<ReadonlyMap<EditedField, LastEdit>>(new Map());
  // The refusal may be here before the record is.
  const newer = asked && asked.incident.id === id && asked.version > (record?.version ?? 0) ? asked.incident : null;
  const current = newer ?? record?.body ?? null;
  const theirs = current && current.id === id ? factsIn(current) : null;
  const apply = useRef(onFiling);
  apply.current = onFiling;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is what changes, not the form over it
  useEffect(() => {
    if (!filing || !theirs) return;
    const { fields } = follow(filing, theirs);
    apply.current((now) => ({ ...now, ...follow(now, theirs).editing }));
    if (fields.length > 0)
      setTold((before) => ({
        of: filing.incident,
        fields: [...new Set([...(before?.of === filing.incident ? before.fields : []), ...fields])],
      }));
  }, [current]);

  const conflicts = filing && theirs ? conflictsWith(filing, theirs) : none;
  const followed = told && told.of === id ? told.fields : none;
  const concerned = [...conflicts, ...followed].join(' ');
  useEffect(() => {
    if (!id || concerned === '') return;
    let stale = false;
    void client.incident.timeline
      .query({ incident: id as never })
      .then((entries) => {
        if (stale) return;
        const fields = concerned.split(' ') as EditedField[];
        setEdits(
          new Map(
            fields.flatMap((field) => {
              const found = lastEdit(entries, field);
              return found ? [[field, found] as const] : [];
            }),
          ),
        );
      })
      .catch(() => undefined); // the fields count; by whom stays unknown
    return () => {
      stale = true;
    };
  }, [client, id, concerned]);

  const changeOf = (field: EditedField): Change => ({ field, last: edits.get(field) ?? null });
  return {
    theirs,
    conflicts: conflicts.map(changeOf),
    followed: followed.filter((field) => !conflicts.includes(field)).map(changeOf),
    seen: () => setTold(null),
    /** What the server holds now, where a save was refused. */
    async look(incident: string): Promise<void> {
      const { version, incident: body } = await client.incident.get.query({ incident: incident as never });
      setAsked({ version, incident: body });
    },
  };
}
