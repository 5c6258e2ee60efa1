import { type Department, loopback } from './contract.ts';

export const ecology: Department = {
  id: 'ecology',
  feeds: [
    {
      id: 'ecology-hj212',
      title: { 'zh-CN': '污染物在线监测（HJ 212）', en: 'Pollution monitoring stations (HJ 212)' },
      protocol: 'hj212',
      transport: 'tcp',
      listen: { host: loopback, port: 9212 },
      url: null,
      enabled: true,
      expectedIntervalS: 300,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading'],
    },
  ],
  map: (record) => record,
};
