'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { AssistProposals } from '@/components/assist/assist-proposals.tsx';
import { ChordKeys } from '@/components/shell/keyboard-help.tsx';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { isKnown } from '@/server/domain/place.ts';
import type { CardAnswers } from '@/server/domain/protocol-card.ts';
import { type Priority, priorities } from '@/server/domain/scale.ts';
import type { Facts } from './conflict-merge.ts';
import { ConflictNotice, type ConflictNoticeProps } from './conflict-notice.tsx';
import { proposalsFor } from './filing-proposals.ts';
import { FilingSuggestions } from './filing-suggestions.tsx';
import { KindPicker } from './kind-picker.tsx';
import { NearList, type NearListProps } from './near-list.tsx';
import { PlacePicker, type PlacePickerProps } from './place-picker.tsx';
import { ProtocolPanel } from './protocol-panel.tsx';

/** `answers`: to the card's questions, by question; they go into the story in words when it is saved. */
export type FilingDraft = Facts & { readonly answers: CardAnswers };

export type FilingFormProps = {
  draft: FilingDraft;
  onDraft: (draft: FilingDraft) => void;
  /** New: from a call, a signal or a click; edit: the facts of an incident that is there. */
  mode: 'new' | 'edit';
  busy: boolean;
  onSave: () => void;
  onCancel: () => void;
  /** Escape: closed, and kept for later. */
  onAside: () => void;
  /** Drafts that were put aside besides this one. */
  waiting: number;
  onAnother: () => void;
  /** What others changed meanwhile; null where nobody else can have. */
  conflict: Omit<ConflictNoticeProps, 'mine'> | null;
} & Pick<PlacePickerProps, 'picking' | 'onPick' | 'onLook'> &
  NearListProps;

/**
 * Story, place, type, in the order a caller tells them; each may stay open. Saving needs none of them (early save): the number
 * exists at once and others can send units while the call goes on.
 */
export function FilingForm(props: FilingFormProps) {
  const { draft, onDraft, mode, busy, onSave, onCancel, onAside, waiting, onAnother, conflict } = props;
  const { picking, onPick, onLook, near, onJoin, onOpen } = props;
  const t = useTranslations();
  const [touchedKind, setTouchedKind] = useState(draft.kind !== null);
  const change = (part: Partial<FilingDraft>) => onDraft({ ...draft, ...part });
  const proposals = proposalsFor(draft, touchedKind);
  const complete = draft.kind !== null && isKnown(draft.place);
  const undecided = (conflict?.conflicts.length ?? 0) > 0;
  useEffect(() => {
    if (draft.kind !== null) setTouchedKind(true);
  }, [draft.kind]);
  const save = () => !busy && !undecided && onSave();
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t(mode === 'new' ? 'incident.form.saveNew' : 'incident.form.save'),
      group: t('incident.keys'),
      run: save,
      inField: true,
    },
    { chord: 'escape', label: t('incident.form.aside'), group: t('incident.keys'), run: onAside, inField: true },
  ]);

  return (
    <form
      noValidate
      aria-label={t(mode === 'new' ? 'incident.form.new' : 'incident.form.edit')}
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <header className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">
          {t(mode === 'new' ? 'incident.form.new' : 'incident.form.edit')}
        </h2>
        {waiting > 0 ? (
          <Button size="sm" onClick={onAnother}>
            {t('incident.form.waiting', { count: waiting })}
          </Button>
        ) : null}
        <Button
          look="quiet"
          size="icon-sm"
          aria-label={t('incident.form.aside')}
          title={t('incident.form.aside')}
          onClick={onAside}
        >
          <X />
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3">
        {conflict ? <ConflictNotice {...conflict} mine={draft} /> : null}
        <Field label={t('incident.form.story')}>
          <Textarea
            rows={4}
            maxLength={20_000}
            autoFocus
            placeholder={t('incident.form.storyHint')}
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        </Field>
        <FilingSuggestions
          story={draft.text}
          place={draft.place}
          proposals={proposals}
          onPlace={(place) => {
            change({ place });
            if (place.lonLat) onLook?.({ lonLat: place.lonLat, bbox: null });
          }}
          onKind={(kind) => change({ kind })}
          onPriority={(priority) => change({ priority })}
        />
        <AssistProposals
          story={draft.text}
          lonLat={draft.place.lonLat}
          isNew={mode === 'new'}
          kind={draft.kind}
          onPlace={
            isKnown(draft.place) ? null : ({ text }) => change({ place: { ...draft.place, text, source: 'operator' } })
          }
          onKind={(kind) => change({ kind })}
        />
        <Field label={t('incident.place.label')}>
          <PlacePicker
            value={draft.place}
            onChange={(place) => change({ place })}
            picking={picking}
            onPick={onPick}
            onLook={onLook}
          />
        </Field>
        <Field label={t('incident.kind')}>
          <KindPicker
            value={draft.kind}
            onChange={(kind) => {
              setTouchedKind(true);
              change({ kind });
            }}
          />
        </Field>
        {proposals.card ? (
          <ProtocolPanel
            key={proposals.card.id}
            card={proposals.card}
            answers={draft.answers}
            onAnswers={(answers) => change({ answers })}
          />
        ) : null}
        <Field label={t('incident.form.title')} hint={t('incident.form.titleHint')}>
          <Input maxLength={500} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
        </Field>
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-ink-soft">{t('incident.priority')}</span>
          <ToggleGroup
            label={t('incident.priority')}
            value={draft.priority ?? 'auto'}
            onValueChange={(value) => change({ priority: value === 'auto' ? null : value })}
            choices={[
              { value: 'auto' as Priority | 'auto', label: t('incident.form.byKind') },
              ...priorities.map((value) => ({ value, label: value, title: t(`domain.priority.${value}`) })),
            ]}
          />
        </div>
        <NearList near={near} onJoin={onJoin} onOpen={onOpen} />
      </div>
      <div className="flex shrink-0 items-center gap-2 border-t border-line px-3 py-2">
        <p className="min-w-0 flex-1 text-2xs text-ink-faint">
          {mode === 'new' ? (
            t(complete ? 'incident.form.willFile' : 'incident.form.willSave')
          ) : (
            <ChordKeys chord="ctrl+enter" />
          )}
        </p>
        <Button look="quiet" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" look="primary" aria-disabled={busy || undecided}>
          {busy
            ? t('command.sending')
            : t(mode === 'new' ? (complete ? 'incident.form.file' : 'incident.form.saveNew') : 'incident.form.save')}
        </Button>
      </div>
    </form>
  );
}
