import { type Department, pushListener } from './contract.ts';

/** Visitors of scenic areas against the number approved for each; who they are is nobody's business here. */
export const cultureTourism: Department = {
  id: 'culture-tourism',
  feeds: [
    {
      id: 'culture-visitors',
      title: { 'zh-CN': '景区客流（NGSI-LD）', en: 'Visitors of scenic areas (NGSI-LD)' },
      protocol: 'ngsi',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: 300,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['capacity', 'reading'],
    },
  ],
  map: (record) => record,
};
