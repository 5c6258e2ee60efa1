import type { Category, Priority } from './scale.ts';

/**
 * Kinds of incident [prov], versioned: `statutory.*` are statutory 突发事件, `municipal.*` the events of GB/T 30428.
 * `units` names the unit kinds usually sent (a suggestion until plans exist). `p` is the priority before grading.
 */
export const incidentKindsVersion = '2026-11';

export type IncidentKind = {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly pinyin: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly units: readonly string[];
  readonly departments: readonly string[];
};

const row = (
  code: string,
  [zh, en, pinyin]: readonly [string, string, string],
  category: Category,
  priority: Priority,
  sent: { units: readonly string[]; departments: readonly string[] },
): IncidentKind => ({ code, zh, en, pinyin, category, priority, ...sent });

const send = (units: string, departments: string) => ({
  units: units.split(' ').filter(Boolean),
  departments: departments.split(' ').filter(Boolean),
});

export const incidentKinds: readonly IncidentKind[] = [
  row(
    'statutory.flood.waterlogging',
    ['城市内涝', 'Urban waterlogging', 'csnl chengshineilao cs nl'],
    'natural-disaster',
    'P2',
    send('pump-truck patrol-car', 'water police'),
  ),
  row(
    'statutory.flood.underpass',
    ['下穿通道积水', 'Flooded underpass', 'xctdjs xiachuantongdaojishui xctd xiachuantongdao js'],
    'natural-disaster',
    'P1',
    send('pump-truck patrol-car fire-engine', 'water police fire transport'),
  ),
  row(
    'statutory.flood.river',
    ['河道超警', 'River above warning level', 'hdcj hedaochaojing hd hedao cj'],
    'natural-disaster',
    'P2',
    send('pump-truck', 'water emergency-management'),
  ),
  row(
    'statutory.weather.storm',
    ['大风强对流', 'Storm damage', 'dfqdl dafengqiangduiliu df dafeng'],
    'natural-disaster',
    'P2',
    send('repair-crew', 'urban-management emergency-management'),
  ),
  row(
    'statutory.weather.fog',
    ['大雾', 'Dense fog', 'dw dawu wu'],
    'natural-disaster',
    'P3',
    send('patrol-car', 'police transport'),
  ),
  row(
    'statutory.weather.snow',
    ['雨雪冰冻', 'Snow and ice', 'yxbd yuxuebingdong xue bd bingdong jieb jiebing'],
    'natural-disaster',
    'P2',
    send('sanitation patrol-car', 'urban-management police'),
  ),
  row(
    'statutory.geology.landslide',
    ['山体滑坡', 'Landslide', 'sthp shantihuapo hp'],
    'natural-disaster',
    'P1',
    send('fire-engine patrol-car', 'fire emergency-management'),
  ),
  row(
    'statutory.fire.building',
    ['建筑火灾', 'Building fire', 'jzhz jianzhuhuozai hz huozai jz'],
    'accident',
    'P1',
    send('fire-engine ambulance patrol-car', 'fire health police'),
  ),
  row(
    'statutory.fire.vehicle',
    ['车辆火灾', 'Vehicle fire', 'clhz chelianghuozai cheliang'],
    'accident',
    'P1',
    send('fire-engine patrol-car', 'fire police'),
  ),
  row(
    'statutory.traffic.collision',
    ['道路交通事故', 'Traffic collision', 'dljtsg daolujiaotongshigu jtsg jiaotongshigu'],
    'accident',
    'P2',
    send('patrol-car ambulance tow-truck', 'police health transport'),
  ),
  row(
    'statutory.traffic.vehicle-sos',
    ['车辆紧急求助', 'Vehicle SOS', 'cljjqz cheliangjinjiqiuzhu sos qiuzhu clqz'],
    'accident',
    'P1',
    send('patrol-car', 'police transport'),
  ),
  row(
    'statutory.hazmat.leak',
    ['危化品泄漏', 'Hazardous leak', 'whpxl weihuapinxielou xl xielou whp'],
    'accident',
    'P1',
    send('fire-engine ambulance', 'fire emergency-management ecology'),
  ),
  row(
    'statutory.lift.entrapment',
    ['电梯困人', 'Lift entrapment', 'dtkr diantikunren dt dianti kr'],
    'accident',
    'P2',
    send('fire-engine', 'market-regulation fire'),
  ),
  row(
    'statutory.gas.leak',
    ['燃气泄漏', 'Gas leak', 'rqxl ranqixielou rq ranqi'],
    'accident',
    'P1',
    send('fire-engine repair-crew', 'fire urban-management'),
  ),
  row(
    'statutory.health.medical',
    ['医疗急救', 'Medical emergency', 'yljj yiliaojijiu jj jijiu yl'],
    'public-health',
    'P2',
    send('ambulance', 'health'),
  ),
  row(
    'statutory.health.poisoning',
    ['群体性中毒', 'Mass poisoning', 'qtxzd quntixingzhongdu zd zhongdu'],
    'public-health',
    'P1',
    send('ambulance', 'health market-regulation'),
  ),
  row(
    'statutory.security.public-order',
    ['社会治安', 'Public order', 'shza shehuizhian za zhian'],
    'social-security',
    'P2',
    send('patrol-car', 'police'),
  ),
  row(
    'statutory.security.crowd',
    ['人员聚集', 'Crowding', 'ryjj renyuanjuji jj juji ry'],
    'social-security',
    'P2',
    send('patrol-car', 'police culture-tourism'),
  ),
  row(
    'municipal.road.collapse',
    ['路面塌陷', 'Road collapse', 'lmtx lumiantaxian tx taxian lm'],
    'municipal',
    'P2',
    send('repair-crew patrol-car', 'urban-management transport'),
  ),
  row(
    'municipal.pipe.burst',
    ['水管爆裂', 'Burst water main', 'sgbl shuiguanbaolie bg baoguan sg'],
    'municipal',
    'P3',
    send('repair-crew', 'water urban-management'),
  ),
  row(
    'municipal.tree.fallen',
    ['树木倒伏', 'Fallen tree', 'smdf shumudaofu sm shumu df'],
    'municipal',
    'P3',
    send('repair-crew', 'urban-management'),
  ),
  row(
    'municipal.facility.damaged',
    ['公用设施损坏', 'Damaged facility', 'gysssh gongyongsheshisunhuai ss sheshi'],
    'municipal',
    'P4',
    send('repair-crew', 'urban-management'),
  ),
  row(
    'municipal.environment.pollution',
    ['环境污染', 'Pollution report', 'hjwr huanjingwuran wr wuran hj'],
    'municipal',
    'P3',
    send('', 'ecology'),
  ),
  row(
    'municipal.sanitation',
    ['市容环卫', 'Street cleanliness', 'srhw shironghuanwei hw huanwei sr'],
    'municipal',
    'P4',
    send('sanitation', 'urban-management'),
  ),
  row(
    'municipal.other',
    ['其他城市管理事项', 'Other municipal matter', 'qtcsglsx qitachengshiguanlishixiang qt qita'],
    'municipal',
    'P4',
    send('', 'urban-management'),
  ),
];

const byCode = new Map(incidentKinds.map((kind) => [kind.code, kind]));
export const incidentKind = (code: string): IncidentKind | null => byCode.get(code) ?? null;
