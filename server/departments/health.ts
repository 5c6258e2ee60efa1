import { type Department, pushListener } from './contract.ts';

/** Counts only: no patient crosses this line, so a capacity is never more than restricted. A full count with places left is the sender's contradiction. */
export const health: Department = {
  id: 'health',
  feeds: [
    {
      id: 'health-capacity',
      title: { 'zh-CN': '卫健床位与急救能力', en: 'Hospital and ambulance capacity' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 900,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['capacity'],
    },
    {
      id: 'health-capacity-csv',
      title: { 'zh-CN': '卫健床位与急救能力（CSV 上传）', en: 'Hospital and ambulance capacity (CSV)' },
      protocol: 'csv',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['capacity'],
      options: { zone: '+08:00', scheme: 'health-csv' },
    },
    {
      id: 'health-fhir',
      title: { 'zh-CN': '医院能力（FHIR）', en: 'Hospital capacity (FHIR)' },
      protocol: 'fhir',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 86_400,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['capacity'],
    },
  ],
  map: (record) => {
    if (record.kind !== 'capacity') return record;
    const contradiction = record.state === 'full' && record.available !== null && record.available > 0;
    return contradiction ? { ...record, quality: { ...record.quality, state: 'suspect' } } : record;
  },
};
