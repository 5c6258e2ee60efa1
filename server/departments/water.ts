import { type Department, loopback, pushListener } from './contract.ts';

/** Gauges without a sensor report all nines; shown as a level they would flood the city on every screen. */
const sentinelM = 9_999;

export const water: Department = {
  id: 'water',
  feeds: [
    {
      id: 'water-level',
      title: { 'zh-CN': '水务水位站', en: 'Water level gauges' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 300,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading'],
    },
    {
      id: 'water-sl651',
      title: { 'zh-CN': '水文遥测站（SL 651）', en: 'Hydrological stations (SL 651)' },
      protocol: 'sl651',
      transport: 'tcp',
      listen: { host: loopback, port: 9651 },
      url: null,
      enabled: true,
      expectedIntervalS: 300,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading'],
    },
  ],
  map: (record) => {
    if (record.kind !== 'reading' || record.unit !== 'm' || record.value === null) return record;
    if (Math.abs(record.value) < sentinelM) return record;
    const flags = [...new Set([...record.quality.flags, 'sentinel_value' as const])];
    return { ...record, value: null, quality: { state: 'missing', flags } };
  },
};
