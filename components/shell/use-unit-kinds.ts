'use client';
import { useRecords } from '@/components/live/use-live.ts';
import { incidentKinds } from '@/server/domain/incident-kind.ts';

const usual = [...new Set(incidentKinds.flatMap((kind) => kind.units))];

/** Kinds of units that there are here, and those that kinds of incidents usually get. */
export const useUnitKinds = (): readonly string[] =>
  useRecords((records) => {
    const held = new Set(usual);
    for (const { body } of records.all('unit').values()) if (body.dispatchable) held.add(body.kind);
    return [...held].sort();
  });
