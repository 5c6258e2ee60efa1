export { bodyOf as bytesOf } from '../../testing/bytes.ts';

export const absent = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unsupported' }],
};
export const population = (code: string, count: number | null) => ({
  code: { coding: [{ code: 'measure-population' }, { code }] },
  ...(count === null ? { _count: absent } : { count }),
});
export const report = {
  resourceType: 'MeasureReport',
  id: 'r1',
  status: 'complete',
  type: 'summary',
  subject: { reference: 'Location/gulou', display: '鼓楼医院' },
  date: '2026-06-15T07:30:00+08:00',
  period: { start: '2026-06-15T06:00:00+08:00', end: '2026-06-15T07:00:00+08:00' },
  group: [
    {
      population: [
        population('numICUBeds', 42),
        population('numICUBedsOcc', 40),
        population('numVent', 30),
        population('numVentUse', null),
        population('numC19HospPats', 12),
      ],
    },
  ],
};
export const place = {
  resourceType: 'Location',
  id: 'gulou',
  status: 'active',
  name: '南京鼓楼医院',
  meta: { lastUpdated: '2026-06-15T07:00:00+08:00' },
  position: { longitude: 118.78, latitude: 32.06 },
};
export const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});
export const table = 'orgid,collectionDate,numICUBeds,numICUBedsOcc,numVent \r\n9,2026-06-14,42,40,\r\n';
