import { type Department, pushListener } from '../contract.ts';

/** Its gauges send -999 where they measured nothing. */
const notMeasured = -999;

export const housing: Department = {
  id: 'housing',
  name: {
    'zh-CN': '住房保障和房产',
    en: 'Housing',
    short: { 'zh-CN': '房产', en: 'Housing' },
  },
  feeds: [
    {
      id: 'housing-safety',
      title: { 'zh-CN': '房屋安全监测', en: 'Building safety gauges' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 900,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading'],
    },
  ],
  map(record) {
    if (record.kind !== 'reading' || record.value !== notMeasured) return record;
    return { ...record, value: null, quality: { state: 'missing', flags: ['sentinel_value'] } };
  },
};
