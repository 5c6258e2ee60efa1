import { type Department, loopback, pushListener } from './contract.ts';

/** Three services share one desk: whoever calls is named and numbered in the report, so every call is personal whatever its sender says. */
export const police: Department = {
  id: 'police',
  feeds: [
    {
      id: 'police-110',
      title: { 'zh-CN': '公安 110 接处警', en: 'Police 110 calls' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['call', 'case', 'position'],
    },
    {
      id: 'police-gb28181',
      title: { 'zh-CN': '公安视频监控（GB/T 28181）', en: 'Police video surveillance (GB/T 28181)' },
      protocol: 'gb28181',
      transport: 'udp',
      listen: { host: loopback, port: 5060 },
      url: null,
      enabled: true,
      expectedIntervalS: 60,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['position', 'alert', 'reading'],
      // What there is to be registered has to be asked for.
      options: { ask: ['catalog', 'device-info'] },
    },
  ],
  map: (record) => (record.kind === 'call' ? { ...record, privacy: 'personal' } : record),
};
