export type ReadingRows = {
  readonly property: readonly string[];
  readonly observedAt: readonly number[];
  readonly receivedAt: readonly number[];
  readonly value: readonly (number | null)[];
  readonly unit: readonly (string | null)[];
  readonly quality: readonly string[];
};
export type CsvOf = { readonly station: string; readonly name: string };

const zoneMs = 8 * 3_600_000;
/** Beijing time with its offset, so that no program has to guess. */
const beijing = (at: number): string => `${new Date(at + zoneMs).toISOString().slice(0, 23)}+08:00`;

/** A spreadsheet would run what begins like a formula. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const header = ['station', 'name', 'property', 'observed_at', 'received_at', 'value', 'unit', 'quality'];

/** RFC 4180 with CR LF and a byte order mark. Both clocks, the unit, and what is missing as an empty value with its quality. */
export function readingsCsv(of: CsvOf, pages: readonly ReadingRows[]): string {
  const head = [cell(guarded(of.station)), cell(guarded(of.name))];
  const lines = pages.flatMap((page) =>
    page.observedAt.map((at, row) =>
      [
        ...head,
        cell(guarded(page.property[row] ?? '')),
        beijing(at),
        beijing(page.receivedAt[row] ?? at),
        page.value[row] === null || page.value[row] === undefined ? '' : String(page.value[row]),
        cell(guarded(page.unit[row] ?? '')),
        page.quality[row] ?? '',
      ].join(','),
    ),
  );
  return `\uFEFF${[header.join(','), ...lines].join('\r\n')}\r\n`;
}

/** `下关水位站_Z_20261124.csv`: what a file system takes, in any language. */
export const fileNameOf = (...parts: readonly string[]): string =>
  `${parts.map((part) => part.replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 80)).join('_')}.csv`;
