/** HL7 FHIR R4: counts of hospitals as MeasureReports in a collection Bundle, under the codes of the SANER guide. */
export type HospitalCounts = {
  /** `Location/<id>`, as the register names it. */
  readonly id: string;
  readonly name: string;
  readonly observedAtMs: number;
  readonly counts: readonly { readonly resource: string; readonly total: number; readonly free: number }[];
};

const codes: Readonly<Record<string, { total: string; used: string; free: string }>> = {
  'hospital-bed': { total: 'numTotBeds', used: 'numTotBedsOcc', free: 'numTotBedsAvail' },
  'icu-bed': { total: 'numICUBeds', used: 'numICUBedsOcc', free: 'numICUBedsAvail' },
  'emergency-bed': { total: 'numEDBeds', used: 'numEDBedsOcc', free: 'numEDBedsAvail' },
};
const system = 'http://hl7.org/fhir/us/saner/CodeSystem/MeasuredValues';
const instant = (atMs: number) => new Date(atMs).toISOString();
const population = (code: string, count: number) => ({ code: { coding: [{ system, code }] }, count });

const measureReport = ({ id, name, observedAtMs, counts }: HospitalCounts) => ({
  resourceType: 'MeasureReport',
  id: `${id.replace('/', '-')}-${observedAtMs}`,
  status: 'complete',
  type: 'summary',
  measure: 'http://hl7.org/fhir/us/saner/Measure/FEMADailyHospitalCOVID19Reporting',
  subject: { reference: id, display: name },
  date: instant(observedAtMs),
  period: { start: instant(observedAtMs - 900_000), end: instant(observedAtMs) },
  group: counts.flatMap(({ resource, total, free }) => {
    const code = codes[resource];
    if (!code) return [];
    return [
      {
        code: { text: resource },
        population: [population(code.total, total), population(code.used, total - free), population(code.free, free)],
      },
    ];
  }),
});

export const bundle = (hospitals: readonly HospitalCounts[]): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: hospitals.map((each) => ({ resource: measureReport(each) })),
  });
