import { type Department, loopback, pushListener } from './contract.ts';

export const fire: Department = {
  id: 'fire',
  feeds: [
    {
      id: 'units-push',
      title: { 'zh-CN': '救援力量位置', en: 'Rescue unit positions' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 30,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['position'],
    },
    {
      id: 'fire-gb26875',
      title: { 'zh-CN': '消防远程监控（GB/T 26875.3）', en: 'Remote fire monitoring (GB/T 26875.3)' },
      protocol: 'gb26875',
      transport: 'tcp',
      listen: { host: loopback, port: 9875 },
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['reading', 'alert'],
    },
  ],
  map: (record) => record,
};
