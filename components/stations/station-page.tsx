'use client';
import { Pencil, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useReadings, useRecord, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { may } from '@/server/domain/policy.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { RegisterDialog } from './register-dialog.tsx';
import { RetireDialog } from './retire-dialog.tsx';
import { StationAlarms } from './station-alarms.tsx';
import { StationCourse } from './station-course.tsx';
import { StationHead } from './station-head.tsx';
import { lineOf } from './station-lines.ts';
import { StationValues, valueLines } from './station-values.tsx';
import { spans } from './use-series.ts';

const asked = {
  property: parseAsString,
  span: parseAsStringLiteral(spans).withDefault('24h'),
  as: parseAsStringLiteral(['chart', 'table']).withDefault('chart'),
};

/** One station: what it is, what it reads now, and how that went. */
export function StationPage({ station: id }: { station: string }) {
  const t = useTranslations('stations');
  const { actor } = useSigned();
  const [{ property, span, as }, ask] = useQueryStates(asked, { history: 'replace' });
  const [dialog, setDialog] = useState<'register' | 'retire' | null>(null);
  const known = useRecords((records) => records.position !== null, { hz: 0 });
  const held = useRecord('station', id);
  const now = useReadings((readings) => readings.get(id), { hz: 1, equal: Object.is });
  const entry = held && held.body.state === 'registered' ? held.body : null;
  const line = lineOf(id, entry, now);
  const values = valueLines(entry, line.readings);
  const value = values.find((one) => one.property === property) ?? values[0] ?? null;
  const mayRead = may(actor, 'history.read', entry ? subjectOf.station(entry) : { departments: [], district: null });
  const mayRegister = may(actor, 'station.register');
  const step = (by: 1 | -1) => {
    const at = values.findIndex((one) => one.property === value?.property);
    const next = values[Math.min(values.length - 1, Math.max(0, at + by))];
    if (next) void ask({ property: next.property });
  };

  const group = t('station');
  useHotkeys([
    { chord: 'j', label: t('keys.next'), group, enabled: values.length > 1, run: () => step(1) },
    { chord: 'k', label: t('keys.previous'), group, enabled: values.length > 1, run: () => step(-1) },
    ...spans.map((one, at) => ({
      chord: String(at + 1),
      label: t(`span.${one}`),
      group,
      run: () => void ask({ span: one }),
    })),
    {
      chord: 't',
      label: t('keys.table'),
      group,
      run: () => void ask({ as: as === 'chart' ? 'table' : 'chart' }),
    },
  ]);
  if (!known) return <Loading className="flex-1" />;
  if (!may(actor, 'station.read')) return <Empty title={t('mayNot')} className="flex-1" />;
  if (!held && !now) return <Empty title={t('notFound')} className="flex-1" />;

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">
      <StationHead
        line={line}
        actions={
          mayRegister ? (
            <>
              <Button size="sm" look={entry ? 'plain' : 'primary'} onClick={() => setDialog('register')}>
                {entry ? <Pencil aria-hidden /> : <Plus aria-hidden />}
                {t(entry ? 'change' : 'register')}
              </Button>
              {entry ? (
                <Button size="sm" look="quiet" onClick={() => setDialog('retire')}>
                  {t('retire.open')}
                </Button>
              ) : null}
            </>
          ) : null
        }
      />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
        <div className="flex min-h-0 flex-col overflow-y-auto border-e border-line">
          <StationValues
            lines={values}
            entry={entry}
            shown={value?.property ?? null}
            onShow={(next) => void ask({ property: next })}
          />
          <StationAlarms station={id} />
        </div>
        {value ? (
          <StationCourse
            key={value.property}
            {...{ line, value, span, as, mayRead }}
            onSpan={(next) => void ask({ span: next })}
            onAs={(next) => void ask({ as: next })}
          />
        ) : (
          <Empty title={t('noValues')} />
        )}
      </div>
      {dialog === 'register' ? <RegisterDialog of={line} onClose={() => setDialog(null)} /> : null}
      {dialog === 'retire' && entry ? (
        <RetireDialog station={id} name={entry.name} onClose={() => setDialog(null)} />
      ) : null}
    </div>
  );
}
