import { type Collector, claim, readTable, shown } from './collect.ts';
import { dateOf } from './service-time.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const dayMs = 86_400_000;

export type Service = { readonly ids: Set<string>; firstDay: string | null; lastDay: string | null };

const utcOf = (date: string): number => {
  const { year, month, day } = dateOf(date) as NonNullable<ReturnType<typeof dateOf>>;
  return Date.UTC(year, month - 1, day);
};
const textOf = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

/** The first day that runs, going from one end of a period to the other; null where no weekday does. */
function edge(from: string, to: string, runs: readonly boolean[]): string | null {
  const [start, end] = [utcOf(from), utcOf(to)];
  const step = start <= end ? dayMs : -dayMs;
  for (let count = 0, at = start; count < 7; count++, at += step) {
    if (step > 0 ? at > end : at < end) return null;
    if (runs[new Date(at).getUTCDay()]) return textOf(at);
  }
  return null;
}

/** Weekly services and single days. Days taken away at either end are not taken off the span: it says when the timetable may run. */
export function readService(into: Collector): Service {
  const service: Service = { ids: new Set(), firstDay: null, lastDay: null };
  const widen = (day: string | null) => {
    if (day === null) return;
    if (service.firstDay === null || day < service.firstDay) service.firstDay = day;
    if (service.lastDay === null || day > service.lastDay) service.lastDay = day;
  };
  readTable(into, 'calendar.txt', {
    columns: ['service_id', ...weekdays, 'start_date', 'end_date'],
    row: (row) => {
      const fault = claim(service.ids, 'service_id', row.get('service_id'));
      if (fault) return fault;
      const [start, end] = [row.get('start_date'), row.get('end_date')];
      for (const date of [start, end]) if (!dateOf(date)) return ['value', `${shown(date)} is no date`];
      if (end < start) return ['value', `end_date ${end} before start_date ${start}`];
      const odd = weekdays.find((day) => row.get(day) !== '0' && row.get(day) !== '1');
      if (odd) return ['value', `${odd} is neither 0 nor 1`];
      const runs = weekdays.map((day) => row.get(day) === '1');
      widen(edge(start, end, runs));
      widen(edge(end, start, runs));
      return null;
    },
  });
  const seen = new Set<string>();
  readTable(into, 'calendar_dates.txt', {
    columns: ['service_id', 'date', 'exception_type'],
    row: (row) => {
      const [id, date, type] = [row.get('service_id'), row.get('date'), row.get('exception_type')];
      if (id === '') return ['schema', 'service_id is empty'];
      if (!dateOf(date)) return ['value', `${shown(date)} is no date`];
      if (type !== '1' && type !== '2') return ['value', `exception_type ${shown(type)}`];
      const key = `${id}\u0000${date}`;
      if (seen.has(key)) return ['conflict', `service_id ${shown(id)} on ${date} came before`];
      seen.add(key);
      service.ids.add(id);
      if (type === '1') widen(date);
      return null;
    },
  });
  return service;
}
