import { type Department, loopback } from './contract.ts';

export const transport: Department = {
  id: 'transport',
  feeds: [
    {
      id: 'transport-jt808',
      title: { 'zh-CN': '交通车载终端（JT/T 808）', en: 'Vehicle terminals (JT/T 808)' },
      protocol: 'jt808',
      transport: 'tcp',
      listen: { host: loopback, port: 7611 },
      url: null,
      enabled: true,
      expectedIntervalS: 30,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['position', 'alert'],
    },
    {
      id: 'transport-ais',
      title: { 'zh-CN': '长江船舶（AIS）', en: 'Vessels on the Yangtze (AIS)' },
      protocol: 'ais',
      transport: 'tcp',
      listen: { host: loopback, port: 9810 },
      url: null,
      enabled: false,
      expectedIntervalS: 60,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['position'],
    },
  ],
  map: (record) => record,
};
