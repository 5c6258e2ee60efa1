import { type Point, path } from '../lines.ts';

/**
 * Main roads, crossings of the Yangtze and metro lines as a schematic. Written from memory, a few hundred metres true:
 * drawn only at city scale, never used for routing and never as the place of a facility.
 */
export type RouteClass = 'expressway' | 'arterial' | 'metro';
export type Route = {
  id: string;
  name: string;
  nameEn: string;
  class: RouteClass;
  ref?: string;
  colour?: string;
  points: readonly Point[];
};

export const roads: readonly Route[] = [
  {
    id: 'ring-east',
    name: '绕城高速',
    nameEn: 'Ring Expressway',
    class: 'expressway',
    ref: 'G2501',
    points: path(
      '118.785,32.262 118.806,32.232 118.823,32.2 118.846,32.166 118.868,32.135 118.882,32.1 118.9,32.06 118.893,32.025 118.848,31.985 118.81,31.972 118.78,31.963 118.745,31.958 118.715,31.962 118.675,31.958 118.639,31.97 118.605,31.99',
    ),
  },
  {
    id: 'ring-west',
    name: '绕城高速',
    nameEn: 'Ring Expressway',
    class: 'expressway',
    ref: 'G2501',
    points: path('118.605,31.99 118.582,32.035 118.578,32.09 118.598,32.15 118.645,32.2 118.71,32.245 118.785,32.262'),
  },
  {
    id: 'outer-ring',
    name: '绕越高速',
    nameEn: 'Outer Ring',
    class: 'expressway',
    ref: 'G2503',
    points: path(
      '118.785,32.262 118.84,32.29 118.895,32.26 118.928,32.215 118.944,32.178 118.968,32.135 118.992,32.085 118.985,32.02 118.962,31.95 118.935,31.88 118.87,31.825 118.79,31.81 118.71,31.835 118.64,31.872',
    ),
  },
  {
    id: 'huning',
    name: '沪宁高速',
    nameEn: 'Shanghai–Nanjing',
    class: 'expressway',
    ref: 'G42',
    points: path('118.9,32.045 118.95,32.045 119.01,32.055 119.08,32.058 119.16,32.062 119.24,32.07'),
  },
  {
    id: 'ningma',
    name: '宁马高速',
    nameEn: 'Nanjing–Ma’anshan',
    class: 'expressway',
    ref: 'G4211',
    points: path('118.745,31.958 118.705,31.925 118.665,31.892 118.625,31.852 118.59,31.805 118.545,31.76'),
  },
  {
    id: 'airport',
    name: '机场高速',
    nameEn: 'Airport Expressway',
    class: 'expressway',
    ref: 'S55',
    points: path(
      '118.782,31.963 118.792,31.92 118.81,31.87 118.838,31.8 118.872,31.745 118.9,31.69 118.935,31.62 118.97,31.54 118.975,31.46 118.945,31.39 118.94,31.33 118.96,31.25',
    ),
  },
  {
    id: 'ninghang',
    name: '宁杭高速',
    nameEn: 'Nanjing–Hangzhou',
    class: 'expressway',
    ref: 'G25',
    points: path(
      '118.848,31.985 118.875,31.945 118.925,31.905 118.99,31.84 119.045,31.765 119.085,31.69 119.12,31.61 119.16,31.53 119.19,31.46',
    ),
  },
  {
    id: 'ningluo',
    name: '宁洛高速',
    nameEn: 'Nanjing–Luoyang',
    class: 'expressway',
    ref: 'G36',
    points: path('118.645,32.2 118.615,32.205 118.58,32.225'),
  },
  {
    id: 'ninghe',
    name: '宁合高速',
    nameEn: 'Nanjing–Hefei',
    class: 'expressway',
    ref: 'G40',
    points: path('118.582,32.035 118.53,32.015 118.46,31.995 118.39,31.985'),
  },
  {
    id: 'ninglian',
    name: '宁连高速',
    nameEn: 'Nanjing–Lianyungang',
    class: 'expressway',
    ref: 'G25',
    points: path('118.785,32.262 118.8,32.32 118.8,32.4 118.82,32.48 118.845,32.57'),
  },
  {
    id: 'husha',
    name: '沪陕高速',
    nameEn: 'Shanghai–Xi’an',
    class: 'expressway',
    ref: 'G40',
    points: path('118.84,32.29 118.89,32.31 118.96,32.325 119.03,32.34'),
  },

  {
    id: 'jiangbei',
    name: '江北大道',
    nameEn: 'Jiangbei Avenue',
    class: 'arterial',
    points: path(
      '118.605,32.01 118.635,32.05 118.67,32.088 118.705,32.125 118.73,32.165 118.755,32.21 118.785,32.262 118.825,32.32',
    ),
  },
  {
    id: 'bridge-1',
    name: '长江大桥',
    nameEn: 'Yangtze Bridge',
    class: 'arterial',
    points: path('118.779,32.09 118.764,32.1 118.7555,32.1045 118.7345,32.1265 118.715,32.145'),
  },
  {
    id: 'yangzijiang',
    name: '扬子江大道',
    nameEn: 'Yangzijiang Avenue',
    class: 'arterial',
    points: path(
      '118.742,32.098 118.7345,32.08 118.729,32.06 118.7185,32.03 118.706,32.008 118.685,31.982 118.672,31.967',
    ),
  },
  {
    id: 'jiangdong',
    name: '江东路',
    nameEn: 'Jiangdong Road',
    class: 'arterial',
    points: path('118.748,32.08 118.744,32.055 118.739,32.03 118.73,32.005 118.716,31.98 118.71,31.963'),
  },
  {
    id: 'west-axis',
    name: '城西干道',
    nameEn: 'West Axis',
    class: 'arterial',
    points: path(
      '118.755,32.088 118.757,32.065 118.7585,32.045 118.763,32.02 118.758,32.0 118.762,31.98 118.772,31.962',
    ),
  },
  {
    id: 'east-axis',
    name: '龙蟠路',
    nameEn: 'Longpan Road',
    class: 'arterial',
    points: path(
      '118.782,32.093 118.8,32.0935 118.814,32.085 118.8155,32.07 118.808,32.055 118.807,32.035 118.806,32.01 118.803,31.988 118.8,31.97',
    ),
  },
  {
    id: 'south-axis',
    name: '应天大街',
    nameEn: 'Yingtian Street',
    class: 'arterial',
    points: path(
      '118.653,32.07 118.663,32.06 118.684,32.0435 118.7,32.032 118.718,32.02 118.738,32.0175 118.765,32.0165 118.785,32.014 118.806,32.011 118.83,32.004 118.848,31.985',
    ),
  },
  {
    id: 'dinghuai',
    name: '定淮门大街',
    nameEn: 'Dinghuaimen Street',
    class: 'arterial',
    points: path('118.682,32.102 118.696,32.0925 118.712,32.0815 118.73,32.0725 118.7455,32.0675 118.757,32.0668'),
  },
  {
    id: 'zhongshan-east',
    name: '中山东路',
    nameEn: 'Zhongshan East Road',
    class: 'arterial',
    points: path(
      '118.7385,32.0425 118.76,32.0425 118.7785,32.0425 118.806,32.042 118.828,32.0405 118.85,32.034 118.874,32.037 118.9,32.045',
    ),
  },
  {
    id: 'zhongyang',
    name: '中央路',
    nameEn: 'Zhongyang Road',
    class: 'arterial',
    points: path(
      '118.776,32.002 118.7775,32.02 118.7785,32.0425 118.7782,32.06 118.779,32.09 118.802,32.108 118.815,32.125',
    ),
  },
  {
    id: 'bridge-5',
    name: '江心洲大桥',
    nameEn: 'Jiangxinzhou Bridge',
    class: 'arterial',
    points: path('118.622,32.035 118.645,32.02 118.663,32.0075 118.682,31.9955 118.705,31.988 118.73,31.983'),
  },
  {
    id: 'xianlin',
    name: '仙林大道',
    nameEn: 'Xianlin Avenue',
    class: 'arterial',
    points: path('118.9,32.05 118.908,32.08 118.93,32.1 118.965,32.115 118.99,32.122'),
  },
  {
    id: 'qixia',
    name: '栖霞大道',
    nameEn: 'Qixia Avenue',
    class: 'arterial',
    points: path('118.815,32.125 118.85,32.138 118.885,32.148 118.935,32.148 118.985,32.155 119.055,32.168'),
  },
  {
    id: 'shuanglong',
    name: '双龙大道',
    nameEn: 'Shuanglong Avenue',
    class: 'arterial',
    points: path('118.8,31.97 118.808,31.95 118.815,31.925 118.824,31.895 118.83,31.865 118.842,31.825'),
  },
];

export const crossings: readonly { id: string; name: string; nameEn: string; kind: 'bridge' | 'tunnel'; at: Point }[] =
  [
    { id: 'bridge-3', name: '长江三桥', nameEn: 'Third Bridge', kind: 'bridge', at: [118.639, 31.97] },
    { id: 'bridge-5', name: '江心洲大桥', nameEn: 'Jiangxinzhou Bridge', kind: 'bridge', at: [118.663, 32.0075] },
    {
      id: 'tunnel-yingtian',
      name: '应天大街隧道',
      nameEn: 'Yingtian Street Tunnel',
      kind: 'tunnel',
      at: [118.684, 32.0435],
    },
    {
      id: 'tunnel-dinghuai',
      name: '定淮门隧道',
      nameEn: 'Dinghuaimen Tunnel',
      kind: 'tunnel',
      at: [118.7085, 32.0835],
    },
    { id: 'bridge-1', name: '长江大桥', nameEn: 'Yangtze Bridge', kind: 'bridge', at: [118.745, 32.1155] },
    { id: 'bridge-2', name: '长江二桥', nameEn: 'Second Bridge', kind: 'bridge', at: [118.845, 32.1665] },
    { id: 'bridge-4', name: '长江四桥', nameEn: 'Fourth Bridge', kind: 'bridge', at: [118.944, 32.178] },
  ];

export const metro: readonly Route[] = [
  {
    id: 'metro-1',
    name: '1号线',
    nameEn: 'Line 1',
    class: 'metro',
    colour: '#4aa3d8',
    points: path(
      '118.85,32.142 118.825,32.122 118.803,32.107 118.793,32.089 118.7785,32.073 118.7785,32.0605 118.7785,32.0425 118.7795,32.022 118.7725,32.006 118.763,31.985 118.778,31.972 118.7925,31.9715 118.808,31.952 118.816,31.935 118.83,31.922 118.858,31.91 118.9,31.9',
    ),
  },
  {
    id: 'metro-2',
    name: '2号线',
    nameEn: 'Line 2',
    class: 'metro',
    colour: '#c8394a',
    points: path(
      '118.683,31.957 118.714,31.968 118.727,31.994 118.7385,32.026 118.753,32.0355 118.7615,32.0425 118.7785,32.0425 118.806,32.041 118.845,32.0345 118.873,32.0375 118.894,32.053 118.907,32.085 118.926,32.1 118.957,32.113 118.982,32.121',
    ),
  },
  {
    id: 'metro-3',
    name: '3号线',
    nameEn: 'Line 3',
    class: 'metro',
    colour: '#3f9a56',
    points: path(
      '118.675,32.165 118.71,32.168 118.733,32.145 118.764,32.119 118.785,32.103 118.793,32.089 118.805,32.075 118.792,32.0615 118.792,32.0425 118.789,32.022 118.797,32.0 118.7925,31.9715 118.805,31.93 118.818,31.895 118.835,31.865',
    ),
  },
  {
    id: 'metro-4',
    name: '4号线',
    nameEn: 'Line 4',
    class: 'metro',
    colour: '#8465b5',
    points: path(
      '118.735,32.061 118.758,32.06 118.7785,32.0605 118.792,32.0615 118.818,32.066 118.84,32.082 118.87,32.096 118.905,32.117 118.94,32.128 118.967,32.132',
    ),
  },
  {
    id: 'metro-10',
    name: '10号线',
    nameEn: 'Line 10',
    class: 'metro',
    colour: '#c9a45c',
    points: path(
      '118.768,31.993 118.745,31.992 118.727,31.994 118.717,32.012 118.7,32.031 118.663,32.058 118.635,32.055 118.605,32.062',
    ),
  },
  {
    id: 'metro-s1',
    name: 'S1号线',
    nameEn: 'Line S1',
    class: 'metro',
    colour: '#44a89d',
    points: path('118.7925,31.9715 118.79,31.925 118.8,31.87 118.828,31.805 118.862,31.74'),
  },
  {
    id: 'metro-s3',
    name: 'S3号线',
    nameEn: 'Line S3',
    class: 'metro',
    colour: '#b46aa0',
    points: path(
      '118.7925,31.9715 118.755,31.976 118.714,31.968 118.68,31.952 118.632,31.962 118.59,31.975 118.53,31.955',
    ),
  },
  {
    id: 'metro-s8',
    name: 'S8号线',
    nameEn: 'Line S8',
    class: 'metro',
    colour: '#d58a45',
    points: path(
      '118.715,32.145 118.71,32.168 118.742,32.21 118.74,32.258 118.785,32.3 118.83,32.342 118.88,32.4 118.935,32.45',
    ),
  },
  {
    id: 'metro-s9',
    name: 'S9号线',
    nameEn: 'Line S9',
    class: 'metro',
    colour: '#cda23a',
    points: path('118.828,31.805 118.865,31.7 118.905,31.62 118.93,31.55 118.915,31.43 118.892,31.345'),
  },
];
