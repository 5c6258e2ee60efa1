import type { Station } from '@/server/domain/station.ts';

/** What the form for one station holds, all of it as text. */
export const formFields = [
  'scheme',
  'key',
  'kind',
  'name',
  'department',
  'lon',
  'lat',
  'crs',
  'address',
  'verticalDatum',
  'expectedIntervalS',
  'measures',
  'thresholds',
] as const;
export type FormField = (typeof formFields)[number];
export type StationForm = Readonly<Record<FormField, string>>;

export const emptyForm: StationForm = {
  ...{ scheme: '', key: '', kind: '', name: '', department: '', lon: '', lat: '', crs: 'wgs84', address: '' },
  ...{ verticalDatum: 'unknown', expectedIntervalS: '', measures: '', thresholds: '' },
};

const escaped = (text: string): string => text.replace(/[\\;；]/g, '\\$&');

/** An entry as the form shows it; measures and thresholds one a line, as a register file has them. */
export const formOf = (station: Station): StationForm => ({
  scheme: station.scheme,
  key: station.key,
  kind: station.kind,
  name: station.name,
  department: station.department ?? '',
  lon: station.lonLat ? String(station.lonLat[0]) : '',
  lat: station.lonLat ? String(station.lonLat[1]) : '',
  crs: 'wgs84',
  address: station.address,
  verticalDatum: station.verticalDatum,
  expectedIntervalS: station.expectedIntervalS === null ? '' : String(station.expectedIntervalS),
  measures: station.measures
    .map(({ property, unit, maximum }) => escaped(`${property}:${unit ?? ''}:${maximum ?? ''}`.replace(/:$/, '')))
    .join('\n'),
  thresholds: station.measures
    .flatMap(({ property, thresholds }) =>
      thresholds.map(({ level, when, value, source }) =>
        escaped([property, level, `${when === 'above' ? '>' : '<'}${value}`, ...(source ? [source] : [])].join(':')),
      ),
    )
    .join('\n'),
});

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The form as a file of one row: what is refused, and how a position is moved to WGS-84, is the same as for a file. */
export const formCsv = (form: StationForm): string => {
  const used = formFields.filter((field) => field !== 'crs' || form.lon.trim() !== '' || form.lat.trim() !== '');
  return `${used.join(',')}\n${used.map((field) => cell(form[field].trim())).join(',')}\n`;
};
