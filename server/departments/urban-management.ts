import { type Department, pushListener } from './contract.ts';

const namespace = /^(municipal|statutory)\./;

/** A class 突发事件 of GB/T 30428 (a burst pipe) is not the statutory 突发事件: the code says which one it is. */
export const urbanManagement: Department = {
  id: 'urban-management',
  feeds: [
    {
      id: 'urban-12345',
      title: { 'zh-CN': '12345 热线与城管案件', en: '12345 hotline and city cases' },
      protocol: 'push',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['case'],
    },
    {
      id: 'urban-cases-csv',
      title: { 'zh-CN': '城管案件（CSV 上传）', en: 'City cases (CSV)' },
      protocol: 'csv',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['case'],
      options: { zone: '+08:00', scheme: 'urban-csv' },
    },
    {
      id: 'urban-open311',
      title: { 'zh-CN': '城管案件（Open311 轮询）', en: 'City cases (Open311 poll)' },
      protocol: 'open311',
      transport: 'http-poll',
      listen: null,
      url: null,
      enabled: false,
      expectedIntervalS: 300,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['case'],
    },
    {
      id: 'urban-open311-accept',
      title: { 'zh-CN': '城管案件（Open311 受理）', en: 'City cases (Open311 filed here)' },
      protocol: 'open311',
      transport: 'http-push',
      listen: pushListener,
      url: null,
      enabled: true,
      expectedIntervalS: null,
      crs: 'wgs84',
      reality: 'actual',
      kinds: ['case'],
    },
  ],
  map: (record) =>
    record.kind === 'case' && record.class !== null && !namespace.test(record.class)
      ? { ...record, class: `municipal.${record.class}`.slice(0, 512) }
      : record,
};
