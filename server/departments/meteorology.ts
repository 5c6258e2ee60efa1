import { type Department, pushListener } from './contract.ts';

export const meteorology: Department = {
  id: 'meteorology',
  feeds: [
    {
      id: 'meteorology-cap',
      title: { 'zh-CN': '气象预警（CAP 推送）', en: 'Weather warnings (CAP push)' },
      protocol: 'cap',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['alert'],
    },
    {
      id: 'meteorology-metar',
      title: { 'zh-CN': '机场气象报文（METAR）', en: 'Aerodrome weather (METAR)' },
      protocol: 'metar',
      transport: 'http-poll',
      listen: null,
      url: null,
      enabled: false,
      expectedIntervalS: 3600,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading'],
    },
  ],
  map: (record) => record,
};
