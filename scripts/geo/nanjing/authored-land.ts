import { type Point, path } from '../lines.ts';

/** Wooded hills as soft shapes: they tell a reader where he is; they are no survey. */
export type Hill = { id: string; name: string; nameEn: string; outline: readonly Point[] };

export const hills: readonly Hill[] = [
  {
    id: 'zijin',
    name: '紫金山',
    nameEn: 'Purple Mountain',
    outline: path(
      '118.822,32.056 118.828,32.07 118.84,32.08 118.86,32.085 118.878,32.078 118.884,32.066 118.87,32.055 118.85,32.046 118.832,32.045',
    ),
  },
  {
    id: 'lao',
    name: '老山',
    nameEn: 'Laoshan',
    outline: path(
      '118.435,32.055 118.46,32.08 118.51,32.1 118.56,32.117 118.61,32.133 118.645,32.137 118.652,32.122 118.62,32.102 118.575,32.08 118.53,32.062 118.48,32.045 118.445,32.042',
    ),
  },
  {
    id: 'mufu',
    name: '幕府山',
    nameEn: 'Mufushan',
    outline: path(
      '118.773,32.122 118.785,32.13 118.806,32.138 118.822,32.141 118.818,32.134 118.798,32.126 118.782,32.118',
    ),
  },
  {
    id: 'qixia',
    name: '栖霞山',
    nameEn: 'Qixiashan',
    outline: path('118.947,32.152 118.955,32.162 118.967,32.161 118.97,32.151 118.959,32.146'),
  },
  {
    id: 'niushou',
    name: '牛首山',
    nameEn: 'Niushoushan',
    outline: path('118.728,31.905 118.738,31.922 118.752,31.921 118.757,31.905 118.747,31.892 118.733,31.894'),
  },
  {
    id: 'jiangjun',
    name: '将军山',
    nameEn: 'Jiangjunshan',
    outline: path('118.768,31.932 118.785,31.936 118.792,31.925 118.782,31.912 118.768,31.915'),
  },
  {
    id: 'fang',
    name: '方山',
    nameEn: 'Fangshan',
    outline: path('118.865,31.897 118.873,31.904 118.882,31.899 118.881,31.889 118.869,31.888'),
  },
  {
    id: 'qinglong',
    name: '青龙山',
    nameEn: 'Qinglongshan',
    outline: path(
      '118.9,31.975 118.925,31.998 118.955,32.02 118.975,32.032 118.978,32.022 118.955,32.002 118.925,31.978 118.908,31.964',
    ),
  },
  {
    id: 'tang',
    name: '汤山',
    nameEn: 'Tangshan',
    outline: path('119.015,32.068 119.035,32.08 119.062,32.08 119.068,32.07 119.043,32.066'),
  },
  {
    id: 'wuxiang',
    name: '无想山',
    nameEn: 'Wuxiangshan',
    outline: path('119.0,31.585 119.02,31.607 119.045,31.603 119.05,31.58 119.03,31.562 119.008,31.567'),
  },
  {
    id: 'youzi',
    name: '游子山',
    nameEn: 'Youzishan',
    outline: path('118.985,31.345 119.0,31.362 119.02,31.358 119.02,31.342 119.0,31.335'),
  },
];

/** What a label stands for; `settlement` is the middle of a town or quarter, good to about a kilometre. */
export type LabelKind = 'district' | 'area' | 'water' | 'hill' | 'station' | 'airport' | 'landmark' | 'settlement';
export type Label = {
  name: string;
  nameEn: string;
  kind: LabelKind;
  at: Point;
  code?: string;
  aliases?: readonly string[];
};

export const labels: readonly Label[] = [
  { name: '玄武区', nameEn: 'Xuanwu', kind: 'district', code: '320102', at: [118.847, 32.093] },
  { name: '秦淮区', nameEn: 'Qinhuai', kind: 'district', code: '320104', at: [118.811, 32.022] },
  { name: '建邺区', nameEn: 'Jianye', kind: 'district', code: '320105', at: [118.725, 31.997] },
  { name: '鼓楼区', nameEn: 'Gulou', kind: 'district', code: '320106', at: [118.757, 32.07] },
  { name: '浦口区', nameEn: 'Pukou', kind: 'district', code: '320111', at: [118.555, 32.02] },
  { name: '栖霞区', nameEn: 'Qixia', kind: 'district', code: '320113', at: [118.985, 32.143] },
  { name: '雨花台区', nameEn: 'Yuhuatai', kind: 'district', code: '320114', at: [118.695, 31.94] },
  { name: '江宁区', nameEn: 'Jiangning', kind: 'district', code: '320115', at: [118.79, 31.845] },
  { name: '六合区', nameEn: 'Luhe', kind: 'district', code: '320116', at: [118.82, 32.42] },
  { name: '溧水区', nameEn: 'Lishui', kind: 'district', code: '320117', at: [119.07, 31.63] },
  { name: '高淳区', nameEn: 'Gaochun', kind: 'district', code: '320118', at: [119.06, 31.35] },
  { name: '江北新区（示意）', nameEn: 'Jiangbei New Area (approx.)', kind: 'area', at: [118.685, 32.165] },

  { name: '长江', nameEn: 'Yangtze', kind: 'water', at: [118.559, 31.903] },
  { name: '长江', nameEn: 'Yangtze', kind: 'water', at: [118.678, 32.036] },
  { name: '长江', nameEn: 'Yangtze', kind: 'water', at: [118.812, 32.1485] },
  { name: '长江', nameEn: 'Yangtze', kind: 'water', at: [118.99, 32.178] },
  { name: '长江', nameEn: 'Yangtze', kind: 'water', at: [119.15, 32.243] },
  { name: '玄武湖', nameEn: 'Xuanwu Lake', kind: 'water', at: [118.7985, 32.0815] },
  { name: '莫愁湖', nameEn: 'Mochou Lake', kind: 'water', at: [118.757, 32.034] },
  { name: '百家湖', nameEn: 'Baijia Lake', kind: 'water', at: [118.8175, 31.9325] },
  { name: '金牛湖', nameEn: 'Jinniu Lake', kind: 'water', at: [118.965, 32.474] },
  { name: '石臼湖', nameEn: 'Shijiu Lake', kind: 'water', at: [118.85, 31.465] },
  { name: '固城湖', nameEn: 'Gucheng Lake', kind: 'water', at: [118.92, 31.284] },

  { name: '紫金山', nameEn: 'Purple Mountain', kind: 'hill', at: [118.855, 32.066] },
  { name: '老山', nameEn: 'Laoshan', kind: 'hill', at: [118.55, 32.09] },
  { name: '栖霞山', nameEn: 'Qixiashan', kind: 'hill', at: [118.958, 32.154] },
  { name: '牛首山', nameEn: 'Niushoushan', kind: 'hill', at: [118.743, 31.908] },
  { name: '幕府山', nameEn: 'Mufushan', kind: 'hill', at: [118.797, 32.13] },
  { name: '青龙山', nameEn: 'Qinglongshan', kind: 'hill', at: [118.938, 31.998] },
  { name: '汤山', nameEn: 'Tangshan', kind: 'hill', at: [119.042, 32.073] },
  { name: '方山', nameEn: 'Fangshan', kind: 'hill', at: [118.873, 31.896] },
  { name: '无想山', nameEn: 'Wuxiangshan', kind: 'hill', at: [119.026, 31.584] },

  { name: '南京站', nameEn: 'Nanjing Railway Station', kind: 'station', at: [118.792, 32.0915] },
  { name: '南京南站', nameEn: 'Nanjing South Station', kind: 'station', at: [118.7925, 31.9725] },
  {
    name: '禄口国际机场',
    nameEn: 'Lukou Airport',
    kind: 'airport',
    at: [118.866, 31.735],
    aliases: ['南京禄口机场', '禄口机场'],
  },

  { name: '新街口', nameEn: 'Xinjiekou', kind: 'landmark', at: [118.7785, 32.0425] },
  { name: '鼓楼', nameEn: 'Gulou', kind: 'landmark', at: [118.7785, 32.0605] },
  { name: '夫子庙', nameEn: 'Fuzimiao', kind: 'landmark', at: [118.7885, 32.0215] },
  { name: '中华门', nameEn: 'Zhonghuamen', kind: 'landmark', at: [118.7765, 32.0135] },
  { name: '奥体中心', nameEn: 'Olympic Centre', kind: 'landmark', at: [118.721, 32.008], aliases: ['南京奥体中心'] },
  { name: '中山陵', nameEn: 'Sun Yat-sen Mausoleum', kind: 'landmark', at: [118.8485, 32.0575] },
  { name: '雨花台', nameEn: 'Yuhuatai', kind: 'landmark', at: [118.7775, 32.002] },
  { name: '下关', nameEn: 'Xiaguan', kind: 'settlement', at: [118.741, 32.0935] },
  { name: '河西', nameEn: 'Hexi', kind: 'settlement', at: [118.736, 32.032] },
  { name: '仙林', nameEn: 'Xianlin', kind: 'settlement', at: [118.922, 32.1] },
  { name: '马群', nameEn: 'Maqun', kind: 'settlement', at: [118.896, 32.05] },
  { name: '迈皋桥', nameEn: 'Maigaoqiao', kind: 'settlement', at: [118.803, 32.107] },
  { name: '燕子矶', nameEn: 'Yanziji', kind: 'settlement', at: [118.82, 32.13] },
  { name: '八卦洲', nameEn: 'Baguazhou', kind: 'settlement', at: [118.815, 32.187] },
  { name: '江心洲', nameEn: 'Jiangxinzhou', kind: 'settlement', at: [118.694, 32.022] },
  { name: '龙潭', nameEn: 'Longtan', kind: 'settlement', at: [119.065, 32.17] },
  { name: '大厂', nameEn: 'Dachang', kind: 'settlement', at: [118.745, 32.215] },
  { name: '江浦', nameEn: 'Jiangpu', kind: 'settlement', at: [118.62, 32.055] },
  { name: '泰山', nameEn: 'Taishan', kind: 'settlement', at: [118.715, 32.13] },
  { name: '桥林', nameEn: 'Qiaolin', kind: 'settlement', at: [118.515, 31.945] },
  { name: '汤泉', nameEn: 'Tangquan', kind: 'settlement', at: [118.47, 32.09] },
  { name: '雄州', nameEn: 'Xiongzhou', kind: 'settlement', at: [118.84, 32.34] },
  { name: '葛塘', nameEn: 'Getang', kind: 'settlement', at: [118.735, 32.255] },
  { name: '竹镇', nameEn: 'Zhuzhen', kind: 'settlement', at: [118.66, 32.51] },
  { name: '冶山', nameEn: 'Yeshan', kind: 'settlement', at: [118.93, 32.52] },
  { name: '板桥', nameEn: 'Banqiao', kind: 'settlement', at: [118.655, 31.915] },
  { name: '东山', nameEn: 'Dongshan', kind: 'settlement', at: [118.845, 31.955] },
  { name: '秣陵', nameEn: 'Moling', kind: 'settlement', at: [118.83, 31.865] },
  { name: '禄口', nameEn: 'Lukou', kind: 'settlement', at: [118.875, 31.78] },
  { name: '湖熟', nameEn: 'Hushu', kind: 'settlement', at: [118.985, 31.86] },
  { name: '淳化', nameEn: 'Chunhua', kind: 'settlement', at: [118.955, 31.93] },
  { name: '横溪', nameEn: 'Hengxi', kind: 'settlement', at: [118.76, 31.72] },
  { name: '永阳', nameEn: 'Yongyang', kind: 'settlement', at: [119.025, 31.653] },
  { name: '柘塘', nameEn: 'Zhetang', kind: 'settlement', at: [118.935, 31.73] },
  { name: '石湫', nameEn: 'Shiqiu', kind: 'settlement', at: [118.915, 31.625] },
  { name: '淳溪', nameEn: 'Chunxi', kind: 'settlement', at: [118.875, 31.327] },
  { name: '东坝', nameEn: 'Dongba', kind: 'settlement', at: [119.04, 31.29] },
  { name: '桠溪', nameEn: 'Yaxi', kind: 'settlement', at: [119.14, 31.37] },
];
