'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { ChordKeys } from '@/components/shell/keyboard-help.tsx';
import { placeWords } from '@/components/shell/place-words.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { Toggle } from '@/components/ui/toggle.tsx';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { SendCommand } from '@/server/domain/incident-command.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import { CandidateRow } from './candidate-row.tsx';
import { CoverLeft } from './cover-left.tsx';
import { CrossingChoice } from './crossing-choice.tsx';
import { DepartmentChoice } from './department-choice.tsx';
import { inHeldOrder, proposedFor } from './package.ts';
import { engagedAmong, filterCandidates, sendingOf, toggleChoice } from './pick.ts';
import { RecommendationHead } from './recommendation-head.tsx';
import { usePickReason } from './use-pick-reason.ts';
import { useRecommendation } from './use-recommendation.ts';
import { useRoughPlace } from './use-rough-place.ts';

export type DispatchPickerProps = {
  of: Incident;
  /** Units that somebody else changes make the list ask again. */
  revision: number;
  onClose: () => void;
  /** The order is out. */
  onSent: () => void;
  /** Chosen units, so that the map can link them to the place. */
  onChosen: (units: readonly string[]) => void;
};

const nobody: ReadonlySet<string> = new Set();

export function DispatchPicker({ of, revision, onClose, onSent, onChosen }: DispatchPickerProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const client = useTRPCClient();
  const textId = useId();
  const kind = of.kind ? incidentKind(of.kind) : null;
  const [closed, setClosed] = useState<readonly string[]>([]);
  const recommendation = useRecommendation(of, closed);
  const { shown, failed } = recommendation;
  const reasonOf = usePickReason(of, shown);
  const kinds = useMemo(() => {
    const asked = shown?.needs.filter((need) => need.incident === of.id).flatMap((need) => need.kinds) ?? [];
    return [...new Set([...(kind?.units ?? []), ...asked])].slice(0, 20);
  }, [kind, shown, of.id]);
  const picks = useMemo(
    () => shown?.picks.filter((pick) => pick.incident === of.id).map((pick) => pick.unit) ?? [],
    [shown, of.id],
  );
  const [chosen, setChosen] = useState<{ readonly by: unknown; readonly units: ReadonlySet<string> } | null>(null);
  const picked = chosen?.units ?? nobody;
  const { rough, asking } = useRoughPlace(of.place);
  const lonLat = of.place.lonLat ?? rough?.lonLat ?? null;
  const question = { lonLat, kinds, limit: 150, closed: [...closed] };
  const also = [...new Set([...picks, ...picked])].slice(0, 200) as Incident['assignments'][number]['unit'][];
  const answer = useQuery({
    queryKey: ['unit.candidates', question, picks, revision],
    queryFn: () => client.unit.candidates.query({ ...question, also }),
    enabled: !asking,
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
  const [departments, setDepartments] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  const [filter, setFilter] = useState({ text: '', kind: null as string | null, freeOnly: true });
  const [active, setActive] = useState<string | null>(null);
  const [confirmed, setConfirmed] = useState(false);

  const all = useMemo(() => {
    const here = new Set<string>(of.assignments.filter((held) => held.endedAt === null).map((held) => held.unit));
    return (answer.data ?? []).filter((one) => !here.has(one.id));
  }, [answer.data, of.assignments]);
  const ready = answer.data !== undefined && (shown !== null || failed);
  // Proposed once for what is shown: what the operator has read must not change before Ctrl+Enter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: later orders and positions propose nothing by themselves
  useEffect(() => {
    if (!ready || answer.isPlaceholderData) return;
    setChosen((now) =>
      now && now.by === shown ? now : { by: shown, units: new Set(proposedFor(of, shown?.picks ?? null, all)) },
    );
  }, [ready, answer.isPlaceholderData, shown]);
  const seen = useRef(new Map<string, number>());
  // Another question is another list; the same one keeps its rows where they were read.
  const asked = [lonLat, kinds, closed].join('|');
  const readFor = useRef(asked);
  if (readFor.current !== asked && !answer.isPlaceholderData) {
    readFor.current = asked;
    seen.current.clear();
  }
  if (ready) for (const { id } of all) if (!seen.current.has(id)) seen.current.set(id, seen.current.size);
  const rows = inHeldOrder(
    filterCandidates(all, filter, picked, (one) =>
      [words.unitKind(one.kind), words.department(one.department), ...one.capabilities.map(words.capability)].join(' '),
    ),
    picks,
    seen.current,
  );
  const engaged = engagedAmong(all, picked);
  const sending = sendingOf(all, { units: picked, departments, text, confirmed });
  const pickedKey = [...picked].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the choice itself changes
  useEffect(() => onChosen([...picked]), [pickedKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a word given for other units is not a word for these
  useEffect(() => setConfirmed(false), [engaged.map((one) => one.id).join()]);

  const send = useCommand<{ command: SendCommand }, unknown>(
    ({ commandId, command }) => client.incident.send.mutate({ commandId, incident: of.id, command }),
    {
      saved: t('dispatch.sent', { count: picked.size + departments.size }),
      onSaved: onSent,
      onRefused: () => {
        void answer.refetch();
        return false;
      },
    },
  );
  const dispatch = () => sending && !send.busy && send.run({ command: sending });
  const toggle = (id: string) => {
    const one = all.find((candidate) => candidate.id === id);
    if (one) setChosen({ by: shown, units: toggleChoice(picked, one) });
  };
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('dispatch.send'),
      group: t('dispatch.keys'),
      run: () => void dispatch(),
      inField: true,
    },
    { chord: 'escape', label: t('ui.cancel'), group: t('dispatch.keys'), run: onClose, inField: true },
    { chord: 'space', label: t('dispatch.toggle'), group: t('dispatch.keys'), enabled: false, run: () => undefined },
  ]);
  const kindChoices = [...new Set(all.map((one) => one.kind))];

  return (
    <section aria-label={t('dispatch.title')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold">{t('dispatch.title')}</h2>
          <p className="truncate text-xs text-ink-faint">
            <span className="figures">{of.number}</span> {of.title || words.incidentKind(of.kind)} ·{' '}
            {placeWords(of.place) ?? t('ui.unknown')}
          </p>
        </div>
        <Button look="quiet" size="icon-sm" aria-label={t('ui.close')} onClick={onClose}>
          <X />
        </Button>
      </header>
      <div className="flex shrink-0 flex-col gap-1.5 border-b border-line px-3 py-2">
        <Input
          aria-label={t('dispatch.filter')}
          placeholder={t('dispatch.filter')}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <div className="flex flex-wrap gap-1">
          <Toggle pressed={filter.freeOnly} onPressedChange={(freeOnly) => setFilter({ ...filter, freeOnly })}>
            {t('dispatch.freeOnly')}
          </Toggle>
          {kindChoices.map((value) => (
            <Toggle
              key={value}
              pressed={filter.kind === value}
              onPressedChange={(on) => setFilter({ ...filter, kind: on ? value : null })}
            >
              {words.unitKind(value)}
            </Toggle>
          ))}
          <CrossingChoice closed={closed} onChange={setClosed} />
        </div>
        <RecommendationHead of={of} recommendation={recommendation} />
        {of.place.lonLat ? null : (
          <p className="text-xs text-caution-text">
            {rough
              ? t('dispatch.roughPlace', { name: rough.name, within: formats.distance(rough.withinM) })
              : t('dispatch.noPlace')}
          </p>
        )}
      </div>
      {ready ? (
        <VirtualList
          label={t('dispatch.candidates')}
          rows={rows}
          keyOf={(row) => row.id}
          rowRem={picks.length ? 5.4 : 4.2}
          autoFocus
          active={active}
          onActive={setActive}
          onOpen={toggle}
          onKey={(event: KeyboardEvent, key) => {
            if (event.key !== ' ' || key === null) return;
            event.preventDefault();
            toggle(key);
          }}
          multi={{ selected: picked }}
          render={(row, state) => (
            <CandidateRow
              of={row}
              selected={picked.has(row.id)}
              active={state.active}
              pick={reasonOf(row.id)}
              placeKnown={lonLat !== null}
            />
          )}
          empty={<Empty title={t('dispatch.nobody')} />}
        />
      ) : answer.isError ? (
        <Failed onRetry={() => void answer.refetch()} className="flex-1" />
      ) : (
        <Loading className="flex-1" />
      )}
      <div className="flex shrink-0 flex-col gap-2 border-t border-line px-3 py-2">
        <DepartmentChoice suggested={kind?.departments ?? []} chosen={departments} onChange={setDepartments} />
        <Input
          id={textId}
          maxLength={5000}
          aria-label={t('dispatch.order')}
          placeholder={t('dispatch.order')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {engaged.length ? (
          // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside
          <label className="flex items-start gap-2 rounded-md border border-caution/50 bg-caution-wash px-2.5 py-1.5 text-xs text-caution-text">
            <Checkbox checked={confirmed} onCheckedChange={(value) => setConfirmed(value === true)} className="mt-px" />
            {t('dispatch.second', { names: engaged.map((one) => one.callSign).join('、') })}
          </label>
        ) : null}
        {shown ? <CoverLeft of={shown} /> : null}
        <div className="flex items-center gap-2">
          <p className="min-w-0 flex-1 truncate text-xs text-ink-faint" aria-live="polite">
            {t('dispatch.chosen', { units: picked.size, departments: departments.size })}
          </p>
          <ChordKeys chord="ctrl+enter" />
          <Button look="primary" aria-disabled={!sending || send.busy} onClick={() => void dispatch()}>
            {send.busy ? t('command.sending') : t('dispatch.send')}
          </Button>
        </div>
      </div>
    </section>
  );
}
