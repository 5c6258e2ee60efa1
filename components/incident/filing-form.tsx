'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { ChordKeys } from '@/components/shell/keyboard-help.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { isKnown, type Place } from '@/server/domain/place.ts';
import { type Priority, priorities } from '@/server/domain/scale.ts';
import { KindPicker } from './kind-picker.tsx';
import { NearList, type NearListProps } from './near-list.tsx';
import { PlacePicker, type PlacePickerProps } from './place-picker.tsx';
import { proposeKinds } from './propose-kinds.ts';

export type FilingDraft = {
  readonly title: string;
  readonly text: string;
  readonly kind: string | null;
  readonly place: Place;
  /** Null: as the kind proposes. */
  readonly priority: Priority | null;
};

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
} & Pick<PlacePickerProps, 'picking' | 'onPick' | 'onLook'> &
  NearListProps;

/**
 * Story, place, type, in the order a caller tells them; each may stay open. Saving needs none of them (early save): the number
 * exists at once and others can send units while the call goes on.
 */
export function FilingForm(props: FilingFormProps) {
  const { draft, onDraft, mode, busy, onSave, onCancel, onAside, picking, onPick, onLook, near, onJoin, onOpen } =
    props;
  const t = useTranslations();
  const [touchedKind, setTouchedKind] = useState(draft.kind !== null);
  const change = (part: Partial<FilingDraft>) => onDraft({ ...draft, ...part });
  const proposals = proposeKinds(`${draft.title} ${draft.text}`).filter((code) => code !== draft.kind);
  const complete = draft.kind !== null && isKnown(draft.place);
  useEffect(() => {
    if (draft.kind !== null) setTouchedKind(true);
  }, [draft.kind]);
  const save = () => !busy && onSave();
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
        <Field label={t('incident.place.label')}>
          <PlacePicker
            value={draft.place}
            onChange={(place) => change({ place })}
            picking={picking}
            onPick={onPick}
            onLook={onLook}
          />
        </Field>
        <div className="flex flex-col gap-1">
          <Field label={t('incident.kind')}>
            <KindPicker
              value={draft.kind}
              onChange={(kind) => {
                setTouchedKind(true);
                change({ kind });
              }}
            />
          </Field>
          {proposals.length && !(touchedKind && draft.kind) ? (
            <div className="flex flex-wrap items-center gap-1 text-2xs text-ink-faint">
              {t('incident.form.proposed')}
              {proposals.map((code) => (
                <Proposal key={code} code={code} onUse={() => change({ kind: code })} />
              ))}
            </div>
          ) : null}
        </div>
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
        <Button type="submit" look="primary" aria-disabled={busy}>
          {busy
            ? t('command.sending')
            : t(mode === 'new' ? (complete ? 'incident.form.file' : 'incident.form.saveNew') : 'incident.form.save')}
        </Button>
      </div>
    </form>
  );
}

function Proposal({ code, onUse }: { code: string; onUse: () => void }) {
  const t = useTranslations('incident.form');
  const words = useCodeWords();
  return (
    <Button size="sm" className="h-6 px-1.5" onClick={onUse} title={t('use')}>
      {words.incidentKind(code)}
    </Button>
  );
}
