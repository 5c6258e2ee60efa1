import type { Department } from './contract.ts';

/** The warning hub is asked, not told; which one is for the installation to name, so nothing leaves the house by default. */
export const emergencyManagement: Department = {
  id: 'emergency-management',
  feeds: [
    {
      id: 'emergency-cap-poll',
      title: { 'zh-CN': '应急预警汇聚（CAP 轮询）', en: 'Emergency warning hub (CAP poll)' },
      protocol: 'cap',
      transport: 'http-poll',
      listen: null,
      url: null,
      enabled: false,
      expectedIntervalS: 60,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['alert'],
    },
  ],
  map: (record) => record,
};
