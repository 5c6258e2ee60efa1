import { type Refusal, refuse } from '../refusal.ts';
import type { Count, CountReport, FhirDocument } from './message.ts';
import { readCsv } from './read-csv.ts';

const ids = new Set(['orgid', 'facilityid', 'ccn']);
const dates = new Set(['collectiondate', 'date']);
const names = new Set(['facilityname', 'orgname', 'name']);

/** A row a facility and day; the columns have the codes that reports in FHIR have. */
export function readTable(text: string): FhirDocument | Refusal {
  const rows = readCsv(text);
  if ('refused' in rows) return rows;
  const header = (rows[0] ?? []).map((name) => name.toLowerCase());
  const column = (known: ReadonlySet<string>) => header.findIndex((name) => known.has(name));
  const [idAt, dateAt, nameAt] = [column(ids), column(dates), column(names)];
  if (idAt === -1 || dateAt === -1) return refuse('not_protocol', 'a table without orgid and collectionDate');
  if (new Set(header).size !== header.length) return refuse('schema', 'two columns of one name');
  const codes = (rows[0] ?? [])
    .map((code, at) => ({ code, at }))
    .filter(({ at }) => ![idAt, dateAt, nameAt].includes(at));
  const reports: CountReport[] = [];
  const unreadable: Refusal[] = [];
  for (const [at, row] of rows.slice(1).entries()) {
    const id = row[idAt] ?? '';
    if (row.length !== header.length)
      unreadable.push(refuse('length', `row ${at + 1}: ${row.length} cells for ${header.length} columns`));
    else if (id === '' || id.length > 200) unreadable.push(refuse('schema', `row ${at + 1}: no orgid`));
    else
      reports.push({
        facilityKey: id,
        facility: (nameAt === -1 ? null : row[nameAt]) || null,
        id: null,
        measure: null,
        status: 'complete',
        reporter: null,
        date: null,
        periodEnd: row[dateAt] || null,
        counts: codes.map(({ code, at: cellAt }) => countOf(code, row[cellAt] ?? '')),
        position: null,
        test: false,
      });
  }
  return { form: 'csv', reports, unreadable };
}

/** An empty cell was not counted; a word says why. */
function countOf(code: string, cell: string): Count {
  const plain = /^\d{1,9}$/.test(cell) ? Number(cell) : null;
  return {
    code,
    count: plain,
    absent: plain !== null ? null : cell === '' ? 'unknown' : `not a count: ${cell.slice(0, 60)}`,
  };
}
