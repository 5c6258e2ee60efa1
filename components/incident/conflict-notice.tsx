'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { EditedField } from '@/server/domain/incident-decide.ts';
import type { LastEdit } from '@/server/domain/last-edit.ts';
import { type Choice, choices, type Facts, mayCombine } from './conflict-merge.ts';

/** `last`: who wrote it and when; null while that is not known. */
export type Change = { readonly field: EditedField; readonly last: LastEdit | null };

export type ConflictNoticeProps = {
  mine: Facts;
  theirs: Facts;
  conflicts: readonly Change[];
  /** Fields that the form has taken over from somebody else. */
  followed: readonly Change[];
  onResolve: (field: EditedField, choice: Choice) => void;
  onSeen: () => void;
};

const chords: Record<Choice, string> = { mine: 'alt+m', theirs: 'alt+t', both: 'alt+b' };
const labels = {
  title: 'incident.form.title',
  text: 'incident.form.story',
  kind: 'incident.kind',
  place: 'incident.place.label',
  priority: 'incident.priority',
} as const;

/** What somebody else wrote while this form was open. Nothing is saved over a field before one of the two was chosen. */
export function ConflictNotice({ mine, theirs, conflicts, followed, onResolve, onSeen }: ConflictNoticeProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const first = conflicts[0]?.field ?? null;
  const offered = (field: EditedField) => choices.filter((choice) => choice !== 'both' || mayCombine(field));
  useHotkeys(
    (first ? offered(first) : []).map((choice) => ({
      chord: chords[choice],
      label: t(`incident.conflict.${choice}`),
      group: t('incident.conflict.title'),
      inField: true,
      run: () => first && onResolve(first, choice),
    })),
  );
  const said = (of: Facts, field: EditedField): string => {
    const { place } = of;
    const value = {
      title: of.title,
      text: of.text,
      kind: words.incidentKind(of.kind) ?? '',
      priority: of.priority ?? t('incident.form.byKind'),
      place: [place.text, place.lonLat ? place.lonLat.map((one) => one.toFixed(5)).join(', ') : '']
        .filter(Boolean)
        .join(' · '),
    }[field];
    return value || t('ui.none');
  };
  const whose = ({ last }: Change) =>
    last
      ? t('incident.conflict.by', { name: last.by.name, time: formats.time(last.at) })
      : t('incident.conflict.other');
  if (conflicts.length === 0 && followed.length === 0) return null;
  return (
    <section
      role="alert"
      aria-label={t('incident.conflict.title')}
      className="flex flex-col gap-2 rounded-md border border-caution/60 bg-caution-wash p-2.5 text-sm"
    >
      {conflicts.length ? (
        <h3 className="text-xs font-medium text-caution-text">{t('incident.conflict.heading')}</h3>
      ) : null}
      {conflicts.map((change) => (
        <fieldset key={change.field} className="flex min-w-0 flex-col gap-1 border-t border-line pt-1.5">
          <legend className="float-start w-full text-xs font-medium">{t(labels[change.field])}</legend>
          <p className="clear-both break-words whitespace-pre-wrap">
            <span className="block text-2xs text-ink-faint">{t('incident.conflict.yours')}</span>
            {said(mine, change.field)}
          </p>
          <p className="break-words whitespace-pre-wrap">
            <span className="block text-2xs text-ink-faint">{whose(change)}</span>
            {said(theirs, change.field)}
          </p>
          <span className="flex flex-wrap gap-1.5">
            {offered(change.field).map((choice) => (
              <Button key={choice} size="sm" onClick={() => onResolve(change.field, choice)}>
                {t(`incident.conflict.${choice}`)}
                {change.field === first ? (
                  <span aria-hidden className="text-2xs opacity-75">
                    {chords[choice].replace('alt+', 'Alt+').toUpperCase().replace('ALT', 'Alt')}
                  </span>
                ) : null}
              </Button>
            ))}
          </span>
        </fieldset>
      ))}
      {followed.length ? (
        <div className="flex items-start gap-2">
          <ul className="min-w-0 flex-1 text-xs text-ink-soft">
            {followed.map((change) => (
              <li key={change.field}>
                {t('incident.conflict.followed', { field: t(labels[change.field]), who: whose(change) })}
              </li>
            ))}
          </ul>
          <Button size="sm" look="quiet" onClick={onSeen}>
            {t('incident.conflict.seen')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
