'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { BriefDraft } from '@/components/assist/brief-draft.tsx';
import { markRead } from '@/components/shell/use-mentions.ts';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { decideFollowUp, type FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { RoomDrawings } from './room-drawings.tsx';
import { useMentionables } from './room-people.ts';
import { useUploads } from './room-uploads.ts';
import { RoomWrite } from './room-write.tsx';
import { Timeline } from './timeline.tsx';

export type RoomTabProps = {
  of: Incident;
  version: number;
  actor: Actor;
  numberOf: (incident: string) => string | null;
  onShow: ((at: readonly [number, number]) => void) | null;
};

/** The incident's room: what everybody writes, adds and draws, and what happened. */
export function RoomTab({ of, version, actor, numberOf, onShow }: RoomTabProps) {
  const t = useTranslations('room');
  const people = useMentionables();
  const uploads = useUploads(of.id);
  const [view, setView] = useState<'all' | 'spoken'>('all');
  const write: FollowUpCommand = { act: 'write', text: '-', mentions: [], files: [] };
  const mayMove = may(actor, 'incident.move', subjectOf.incident(of));
  const mayWrite = mayMove && !wasRefused(decideFollowUp(of, write, { now: 0, actor }));
  const last = of.notes.at(-1)?.at ?? 0;
  useEffect(() => {
    const read = () => document.visibilityState === 'visible' && markRead(actor.id, of.id, last);
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [actor.id, of.id, last]);
  return (
    <>
      {mayWrite ? <RoomWrite incident={of.id} people={people} uploads={uploads} /> : null}
      <RoomDrawings of={of} actor={actor} mayDraw={mayMove} onShow={onShow} />
      <div className="flex justify-end gap-2 px-3 pt-2">
        <BriefDraft incident={of.id} mayKeep={mayWrite} onLine={() => setView('all')} />
        <ToggleGroup
          label={t('view.label')}
          value={view}
          onValueChange={setView}
          choices={[
            { value: 'all', label: t('view.all') },
            { value: 'spoken', label: t('view.spoken') },
          ]}
        />
      </div>
      <Timeline of={of} version={version} numberOf={numberOf} people={people} spoken={view === 'spoken'} />
    </>
  );
}
