import { type Department, pushListener } from './contract.ts';

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
  ],
  map: (record) => record,
};
