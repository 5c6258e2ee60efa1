/**
 * Roads as chains of places, authored by hand (示意). A chain is driven both ways. `under` marks what hides a vehicle from
 * its network: the gap after which a terminal sends its stored positions.
 */
export type RoadClass = 'expressway' | 'main' | 'street';
export type Road = {
  readonly name: string;
  readonly kind: RoadClass;
  readonly chain: readonly string[];
  /** The named work by which this chain crosses water; every other chain stays on land. */
  readonly crossing?: 'bridge' | 'tunnel';
};

export const speedLimitKmh: Readonly<Record<RoadClass, number>> = { expressway: 80, main: 60, street: 40 };

const road = (kind: RoadClass, name: string, chain: string): Road => ({ name, kind, chain: chain.split(' ') });
const crossing = (work: 'bridge' | 'tunnel', name: string, chain: string): Road => ({
  ...road(work === 'bridge' ? 'expressway' : 'main', name, chain),
  crossing: work,
});

export const roads: readonly Road[] = [
  crossing('bridge', '南京长江大桥', 'qiaobei daqiaonan'),
  crossing('bridge', '八卦洲长江大桥', 'erqiao-s bagua'),
  crossing('bridge', '八卦洲长江大桥北汊桥', 'bagua-n erqiao-n'),
  crossing('bridge', '大胜关长江大桥', 'sanqiao-s sanqiao-n'),
  crossing('bridge', '栖霞山长江大桥', 'siqiao-s siqiao-n'),
  crossing('bridge', '江心洲长江大桥', 'wuqiao-n wuqiao-s'),
  crossing('tunnel', '应天大街长江隧道', 'changjiang-n changjiang-s'),
  crossing('tunnel', '定淮门长江隧道', 'yangzijiang-n yangzijiang-s'),
  crossing('tunnel', '玄武湖隧道', 'xuanwumen xinzhuang'),

  road(
    'expressway',
    '绕城公路',
    'sanqiao-s xishanqiao tiexinqiao huashenmiao shuanglongjie gaoqiaomen maqun xianhemen yaohuamen erqiao-s',
  ),
  road('expressway', '绕越高速', 'banqiao guli moling fangshan daxuecheng chunhua qilin xianlinhu siqiao-s'),
  road(
    'expressway',
    '江北大道',
    'sanqiao-n wuqiao-n changjiang-n yangzijiang-n dingshan liuzhou taishan pancheng dachang getang longchi xiongzhou',
  ),
  road('expressway', '机场高速', 'kazimen shuanglongjie fangshan lukou airport'),
  road('expressway', '沪蓉高速', 'maqun qilin tangshan'),
  road('expressway', '玄武大道', 'xinzhuang suojincun xianhemen xianlin'),
  road('expressway', '宁宣高速', 'airport zhetang lishui honglan qiqiao gaochun'),
  road('expressway', '八卦洲接线', 'bagua bagua-n'),
  road('expressway', '宁洛高速', 'erqiao-n changlu longchi'),
  road('expressway', '四桥北接线', 'siqiao-n yudai changlu'),
  road('expressway', '城西干道', 'daqiaonan dinghuaimen caochangmen hanzhongmen shuiximen saihongqiao'),
  road('expressway', '应天大街高架', 'changjiang-s yingtianxi saihongqiao shuangqiaomen dajiaochang gaoqiaomen'),
  road('expressway', '龙蟠路', 'zhongyangmen station xinzhuang taipingmen xianmen tongjimen shuangqiaomen kazimen'),

  road('main', '中山北路', 'rehelu shanxilu gulou'),
  road('main', '中山路', 'gulou zhujianglu xinjiekou'),
  road('main', '中山东路', 'xinjiekou daxinggong xianmen minggugong zhongshanmen xiaolingwei maqun'),
  road('main', '汉中路', 'xinjiekou hanzhongmen'),
  road('main', '汉中门大街', 'hanzhongmen jiangdongmen'),
  road('main', '中山南路', 'xinjiekou sanshanjie zhonghuamen yuhuatai'),
  road('main', '中央路', 'gulou hubulu xuanwumen zhongyangmen'),
  road('main', '中央北路', 'zhongyangmen wutang'),
  road('main', '和燕路', 'hongshan maigaoqiao xiaozhuang yanziji'),
  road('main', '红山路', 'station hongshan'),
  road('main', '幕府东路', 'daqiaonan shangyuanmen wutang maigaoqiao'),
  road('main', '栖霞大道', 'maigaoqiao yaohuamen xianlinhu'),
  road('main', '新港大道', 'yanziji erqiao-s xinshengwei yaohuamen'),
  road('main', '江东中路', 'longjiang jiangdongmen yingtianxi mengdu yuantong'),
  road('main', '江东北路', 'xiaguan yangzijiang-s longjiang'),
  road('main', '定淮门大街', 'yangzijiang-s dinghuaimen'),
  road('main', '梦都大街', 'lvboyuan aoti mengdu saihongqiao'),
  road('main', '扬子江大道', 'changjiang-s lvboyuan wuqiao-s yuzui'),
  road('main', '江山大街', 'wuqiao-s yuantong jialingjiang zhongsheng'),
  road('main', '凤台南路', 'saihongqiao andemen ruanjian tiexinqiao'),
  road('main', '宁芜公路', 'xishanqiao banqiao jiangning'),
  road('main', '雨花西路', 'andemen yuhuatai wudingmen'),
  road('main', '卡子门大街', 'kazimen southstation huashenmiao'),
  road('main', '双龙大道', 'shuanglongjie hedingqiao baijiahu jiulonghu moling lukou'),
  road('main', '天元路', 'hedingqiao dongshan shangfang'),
  road('main', '竹山路', 'dongshan zhushanlu fangshan'),
  road('main', '仙林大道', 'xianhemen xianlin xianlinhu qixiashan siqiao-s'),
  road('main', '龙潭大道', 'qixiashan longtan'),
  road('main', '苜蓿园大街', 'zhongshanmen yueyahu dajiaochang'),
  road('main', '大桥北路', 'qiaobei taishan'),
  road('main', '浦珠路', 'qiaobei liuzhou dingshan yushan jiangpu'),
  road('main', '浦滨路', 'yangzijiang-n yushan'),
  road('main', '江北大道联络线', 'changjiang-n yushan'),
  road('main', '宁合线', 'jiangpu xingdian tangquan'),
  road('main', '桥林公路', 'sanqiao-n qiaolin xingdian'),
  road('main', '永宁公路', 'jiangpu yongning gaoxin taishan'),
  road('main', '高新路', 'gaoxin pancheng'),
  road('main', '六合大道', 'dachang getang'),
  road('main', '雄州大道', 'xiongzhou hengliang'),
  road('main', '程桥公路', 'longchi chengqiao zhuzhen jinniuhu xiongzhou'),
  road('main', '横溪公路', 'moling hengxi airport'),
  road('main', '湖熟公路', 'chunhua hushu zhetang'),
  road('main', '溧水大道', 'shiqiu zhetang dongping lishui baima'),
  road('main', '石湫公路', 'shiqiu honglan'),
  road('main', '高淳大道', 'gaochun gubai dongba yaxi qiqiao gubai'),

  road('street', '北京东路', 'gulou jimingsi taipingmen'),
  road('street', '北京西路', 'gulou yunnanlu caochangmen longjiang'),
  road('street', '湖南路', 'hubulu shanxilu dinghuaimen'),
  road('street', '云南路', 'shanxilu yunnanlu'),
  road('street', '太平北路', 'jimingsi daxinggong changfujie tongjimen'),
  road('street', '珠江路', 'zhujianglu jimingsi'),
  road('street', '升州路', 'shuiximen sanshanjie tongjimen guanghuamen yueyahu'),
  road('street', '集庆门大街', 'jiqingmen shuiximen'),
  road('street', '集庆门大街西段', 'jiangdongmen jiqingmen saihongqiao'),
  road('street', '御道街', 'minggugong guanghuamen dajiaochang'),
  road('street', '武定门街', 'tongjimen wudingmen shuangqiaomen'),
  road('street', '热河南路', 'xiaguan rehelu dinghuaimen'),
  road('street', '大桥南路', 'xiaguan daqiaonan zhongyangmen'),
  road('street', '奥体大街', 'aoti yuantong'),
  road('street', '嘉陵江东街', 'mengdu jialingjiang'),
  road('street', '中胜路', 'zhongsheng xishanqiao'),
  road('street', '软件大道', 'ruanjian huashenmiao'),
  road('street', '八卦洲村道', 'bagua baguashequ bagua-n'),
  road('street', '锁金路', 'suojincun hongshan'),
  road('street', '百家湖路', 'baijiahu zhushanlu'),
  road('street', '大学城路', 'fangshan jiulonghu'),
  road('street', '上坊路', 'shangfang chunhua'),
];

/** Underpasses with a water gauge; the flood scenario drowns one of them. Names and places are 示意. */
export type Underpass = { readonly id: string; readonly name: string; readonly road: readonly [string, string] };
export const underpasses: readonly Underpass[] = [
  { id: 'kazimen', name: '卡子门大街下穿通道', road: ['kazimen', 'southstation'] },
  { id: 'longpan', name: '龙蟠路下穿通道', road: ['zhongyangmen', 'station'] },
  { id: 'jiangdong', name: '江东中路下穿通道', road: ['jiangdongmen', 'yingtianxi'] },
  { id: 'daqiaobei', name: '大桥北路下穿通道', road: ['qiaobei', 'taishan'] },
];
