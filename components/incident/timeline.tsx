'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { lineId } from '@/components/assist/find-line.ts';
import { MachineMark } from '@/components/assist/machine-mark.tsx';
import { live } from '@/components/live/live.ts';
import { namesActor } from '@/components/shell/mentions.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import { Failed, Loading } from '@/components/ui/states.tsx';
import type { Drafted, Incident } from '@/server/domain/incident.ts';
import { type LogLine, logLine } from './log-line.ts';
import { RoomFileRow } from './room-files.tsx';
import { type Mentionable, mentionParts } from './room-mentions.ts';

/** Words for the code of a line, by what kind of line it is. */
export function useLineWords() {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const codes: Partial<Record<LogLine['key'], (code: string) => string>> = {
    incidentGraded: (code) => (code === 'none' ? t('incident.scale.ungraded') : t(`domain.grade.${code as 'I'}`)),
    incidentResponded: (code) =>
      code === 'none' ? t('incident.scale.noResponse') : t(`domain.response.${code as '1'}`),
    orderEnded: (code) => t(`domain.orderState.${code as 'done'}`),
    assignmentAdvanced: (code) => t(`domain.assignmentState.${code as 'enRoute'}`),
    assignmentEnded: (code) => t(`domain.assignmentState.${code as 'cleared'}`),
    verificationMade: (code) => t(code === 'passed' ? 'domain.move.confirm' : 'domain.move.sendBack'),
    taskVerified: (code) => t(code === 'passed' ? 'followUp.task.do.passed' : 'followUp.task.do.back'),
    needAnswered: (code) => t(`followUp.need.state.${code as 'met'}`),
    planStarted: (code) => t(`domain.response.${code as '1'}`),
    clockMissed: (code) => t(`domain.clockTarget.${code as 'answer'}`),
    orderEscalated: (code) => t(`domain.escalation.${code as 'deputy'}`),
    closingMade: (code) => t(`domain.closingCode.${code as 'resolved'}`),
  };
  return (line: LogLine): string => {
    if (line.key === 'incidentMoved') {
      if (line.move === 'stamp') return t('incident.log.stamp');
      const state = t(`domain.incidentState.${line.state ?? 'received'}`);
      const key = `domain.move.${line.move as 'claim'}` as const;
      const move = t.has(key) ? t(key) : (line.move ?? state);
      return move === state ? state : t('incident.log.incidentMoved', { move, state });
    }
    const name =
      line.key === 'suspensionSet' ? formats.dateTime(Number(line.name)) : (words.department(line.name ?? '') ?? '');
    return t(`incident.log.${line.key as 'orderSent'}`, {
      name,
      code: line.code ? (codes[line.key]?.(line.code) ?? line.code) : '',
    });
  };
}

/** The incident's own entries, newest first, with who and when by the server's clock. */
export type TimelineProps = {
  of: Incident;
  version: number;
  numberOf: (incident: string) => string | null;
  /** Names that a note's words may hold after an `@`. */
  people?: readonly Mentionable[];
  /** Only what people wrote, added and drew. */
  spoken?: boolean;
};

const roomKinds = [
  'noteAdded',
  'fileAdded',
  'drawingAdded',
  'drawingRemoved',
  'taskDone',
  'reportMade',
  'incidentUpgraded',
];

type Said = {
  readonly drafted?: Drafted;
  readonly files?: readonly string[];
  readonly file?: { readonly id: string };
  readonly mentions?: readonly string[];
};

/** A file that was added by itself; one that a note or a finished task shows is not shown twice. */
const filesOf = (kind: string, said: Said, shown: ReadonlySet<string>): readonly string[] =>
  kind === 'fileAdded' && said.file && !shown.has(said.file.id) ? [said.file.id] : (said.files ?? []);

function Words({
  text,
  mentions,
  people,
}: {
  text: string;
  mentions: readonly string[];
  people: readonly Mentionable[];
}) {
  const { actor } = useSigned();
  if (mentions.length === 0) return text;
  const named = people.filter((one) => mentions.includes(one.id));
  return mentionParts(
    text,
    named.map((one) => one.name),
  ).map((part, at) =>
    part.named ? (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text that never changes
        key={at}
        className={cn(
          'font-medium text-accent-text',
          named.some((one) => `@${one.name}` === part.text && namesActor(actor, one.id)) &&
            'rounded-sm bg-accent-wash px-0.5',
        )}
      >
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

export function Timeline({ of, version, numberOf, people = [], spoken = false }: TimelineProps) {
  const client = useTRPCClient();
  const formats = useFormats();
  const wordsOf = useLineWords();
  const entries = useQuery({
    // A new version of the record is a new entry of the log.
    queryKey: ['incident.timeline', of.id, version],
    queryFn: () => client.incident.timeline.query({ incident: of.id }),
    placeholderData: keepPreviousData,
  });
  if (!entries.data) return entries.isError ? <Failed onRetry={() => void entries.refetch()} /> : <Loading />;
  const names = {
    order: (id: string) => {
      const target = of.orders.find((order) => order.id === id)?.target;
      return target?.kind === 'unit' ? target.callSign : (target?.id ?? '');
    },
    assignment: (id: string) => of.assignments.find((held) => held.id === id)?.callSign ?? '',
    task: (id: string) => of.tasks.find((task) => task.id === id)?.title ?? '',
    checkIn: (id: string) => of.checkIns.find((one) => one.id === id)?.name ?? '',
    incident: numberOf,
    signal: (id: string) => {
      const signal = live.records.get('signal', id)?.body;
      return signal ? signal.title || signal.text : null;
    },
  };
  const shown = new Set(
    entries.data.flatMap((entry) => (entry.kind === 'fileAdded' ? [] : ((entry.content as Said | null)?.files ?? []))),
  );
  const rows = spoken ? entries.data.filter((entry) => roomKinds.includes(entry.kind)) : entries.data;
  return (
    <ol className="px-3 py-2">
      {[...rows].reverse().map((entry) => {
        const line = logLine(entry, names);
        const said = (entry.content ?? {}) as Said;
        return (
          <li
            key={`${entry.position}${entry.kind}`}
            id={lineId(entry.position)}
            className="relative grid grid-cols-[4.6rem_1fr] gap-x-3 pb-2.5 text-sm"
          >
            <time
              dateTime={new Date(entry.recordedAt).toISOString()}
              title={formats.dateTime(entry.recordedAt)}
              className="pt-px text-xs text-ink-faint"
            >
              {formats.time(entry.recordedAt)}
            </time>
            <div className="min-w-0 border-s border-line ps-3">
              <p
                className={cn(
                  line.tone === 'strong' && 'font-semibold',
                  line.tone === 'warn' && 'font-semibold text-serious-text',
                )}
              >
                {wordsOf(line)}
                <span className="ms-2 text-xs font-normal text-ink-faint">{entry.by}</span>
                {said.drafted ? <MachineMark {...said.drafted} className="ms-2" /> : null}
              </p>
              {line.text ? (
                <p
                  className={cn(
                    'break-words whitespace-pre-wrap',
                    entry.kind === 'noteAdded' ? 'text-ink' : 'text-xs text-ink-soft',
                  )}
                >
                  <Words text={line.text} mentions={said.mentions ?? []} people={people} />
                </p>
              ) : null}
              <RoomFileRow incident={of.id} ids={filesOf(entry.kind, said, shown)} files={of.files} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
