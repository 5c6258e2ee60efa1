import type { LonLat } from '../geo.ts';

/**
 * The nodes of the patrol network, authored by hand in WGS-84 and good to a few hundred metres: 示意, not a survey.
 * `district` is the GB/T 2260 code.
 */
export type Place = { readonly id: string; readonly name: string; readonly district: string; readonly at: LonLat };

export const districts: Readonly<Record<string, string>> = {
  '320102': '玄武区',
  '320104': '秦淮区',
  '320105': '建邺区',
  '320106': '鼓楼区',
  '320111': '浦口区',
  '320113': '栖霞区',
  '320114': '雨花台区',
  '320115': '江宁区',
  '320116': '六合区',
  '320117': '溧水区',
  '320118': '高淳区',
};

/** One line per district: `id name lon lat`, separated by `;`. */
const table: Readonly<Record<string, string>> = {
  '320102': `xinjiekou 新街口 118.7790 32.0425; zhujianglu 珠江路 118.7785 32.0500; daxinggong 大行宫 118.7915 32.0420;
    xianmen 西安门 118.8000 32.0415; minggugong 明故宫 118.8120 32.0405; zhongshanmen 中山门 118.8290 32.0400;
    xuanwumen 玄武门 118.7835 32.0735; xinzhuang 新庄 118.8105 32.0880; station 南京站 118.7925 32.0915;
    hongshan 红山 118.8040 32.0955; taipingmen 太平门 118.8115 32.0615; jimingsi 鸡鸣寺 118.7920 32.0555;
    xiaolingwei 孝陵卫 118.8520 32.0350; suojincun 锁金村 118.8230 32.0820`,
  '320104': `sanshanjie 三山街 118.7785 32.0245; zhonghuamen 中华门 118.7745 32.0080; tongjimen 通济门 118.7900 32.0240;
    wudingmen 武定门 118.7880 32.0130; guanghuamen 光华门 118.8110 32.0200; shuiximen 水西门 118.7640 32.0320;
    shuangqiaomen 双桥门 118.7950 32.0020; dajiaochang 大校场 118.8230 32.0030; changfujie 常府街 118.7920 32.0330;
    yueyahu 月牙湖 118.8240 32.0260; gaoqiaomen 高桥门 118.8480 31.9880; saihongqiao 赛虹桥 118.7600 32.0070`,
  '320105': `aoti 奥体中心 118.7190 32.0085; yuantong 元通 118.7150 31.9940; jiqingmen 集庆门 118.7520 32.0220;
    yingtianxi 应天大街西段 118.7320 32.0160; changjiang-s 长江隧道南口 118.7113 32.0245; zhongsheng 中胜 118.7250 31.9830;
    jiangdongmen 江东门 118.7390 32.0310; yuzui 鱼嘴 118.6900 31.9660; wuqiao-s 五桥南接线 118.6940 31.9915;
    mengdu 梦都大街 118.7300 32.0020; lvboyuan 绿博园 118.7080 32.0130; jialingjiang 嘉陵江东街 118.7340 31.9930`,
  '320106': `gulou 鼓楼广场 118.7785 32.0605; shanxilu 山西路 118.7695 32.0700; zhongyangmen 中央门 118.7775 32.0850;
    xiaguan 下关 118.7440 32.0900; daqiaonan 大桥南路 118.7587 32.1028; rehelu 热河路 118.7440 32.0820;
    dinghuaimen 定淮门 118.7460 32.0650; longjiang 龙江 118.7350 32.0570; yangzijiang-s 扬子江隧道南口 118.7350 32.0690;
    caochangmen 草场门 118.7520 32.0575; hanzhongmen 汉中门 118.7620 32.0430; wutang 五塘广场 118.7810 32.1080;
    yunnanlu 云南路 118.7700 32.0590; shangyuanmen 上元门 118.7640 32.1080; hubulu 湖南路 118.7760 32.0700`,
  '320111': `qiaobei 桥北 118.7250 32.1355; taishan 泰山新村 118.7170 32.1390; gaoxin 高新区 118.7020 32.1640;
    pancheng 盘城 118.7250 32.1850; liuzhou 柳洲路 118.7000 32.1160; dingshan 顶山 118.6720 32.1080;
    yangzijiang-n 扬子江隧道北口 118.6850 32.1000; changjiang-n 长江隧道北口 118.6600 32.0638; wuqiao-n 五桥北接线 118.6400 32.0225;
    jiangpu 江浦 118.6290 32.0570; yushan 雨山路 118.6420 32.0560; sanqiao-n 三桥北接线 118.6080 31.9840;
    qiaolin 桥林 118.5300 31.9660; xingdian 星甸 118.4900 32.0560; tangquan 汤泉 118.4960 32.1050; yongning 永宁 118.6050 32.1650`,
  '320113': `maigaoqiao 迈皋桥 118.8030 32.1040; xiaozhuang 晓庄 118.8120 32.1140; yanziji 燕子矶 118.8180 32.1270;
    erqiao-s 二桥南接线 118.8597 32.1466; bagua 八卦洲 118.8265 32.1960; bagua-n 八卦洲北 118.8165 32.2120;
    yaohuamen 尧化门 118.8800 32.1130; xianhemen 仙鹤门 118.8850 32.0900; maqun 马群 118.8900 32.0520;
    xianlin 仙林中心 118.9150 32.0980; xianlinhu 仙林湖 118.9500 32.1120; qixiashan 栖霞山 118.9560 32.1450;
    siqiao-s 四桥南接线 118.9520 32.1600; longtan 龙潭 119.0600 32.1660; xinshengwei 新生圩 118.8700 32.1370;
    baguashequ 八卦洲中桥 118.8000 32.1880`,
  '320114': `yuhuatai 雨花台 118.7740 31.9990; andemen 安德门 118.7630 31.9900; kazimen 卡子门 118.7960 31.9840;
    tiexinqiao 铁心桥 118.7600 31.9590; xishanqiao 西善桥 118.7150 31.9560; banqiao 板桥 118.6560 31.9230;
    sanqiao-s 三桥南接线 118.6650 31.9585; southstation 南京南站 118.7920 31.9710; ruanjian 软件大道 118.7680 31.9770;
    huashenmiao 花神庙 118.7780 31.9640`,
  '320115': `shuanglongjie 双龙街 118.8180 31.9720; hedingqiao 河定桥 118.8120 31.9530; baijiahu 百家湖 118.8260 31.9360;
    dongshan 东山 118.8400 31.9560; zhushanlu 竹山路 118.8460 31.9380; shangfang 上坊 118.8700 31.9640;
    fangshan 方山 118.8700 31.8980; daxuecheng 江宁大学城 118.8980 31.9080; chunhua 淳化 118.9330 31.9420;
    qilin 麒麟 118.9250 32.0330; tangshan 汤山 119.0480 32.0560; moling 秣陵 118.8350 31.8530; lukou 禄口 118.8690 31.7900;
    airport 禄口机场 118.8680 31.7370; hengxi 横溪 118.7600 31.7150; guli 谷里 118.6900 31.8600;
    jiangning 江宁街道 118.6250 31.8680; hushu 湖熟 118.9780 31.8600; jiulonghu 九龙湖 118.8230 31.9080`,
  '320116': `dachang 大厂 118.7400 32.2240; getang 葛塘 118.7430 32.2560; changlu 长芦 118.8330 32.2750;
    erqiao-n 二桥北接线 118.7890 32.2560; xiongzhou 雄州 118.8420 32.3450; longchi 龙池 118.8240 32.3180;
    siqiao-n 四桥北接线 118.9360 32.2000; yudai 玉带 118.9000 32.2200; hengliang 横梁 118.9620 32.3350;
    chengqiao 程桥 118.7420 32.3900; zhuzhen 竹镇 118.7000 32.5300; jinniuhu 金牛湖街道 118.8500 32.4500`,
  '320117': `lishui 溧水城区 119.0270 31.6530; zhetang 柘塘 118.9300 31.7400; shiqiu 石湫 118.8900 31.6500;
    dongping 东屏 119.0850 31.7050; baima 白马 119.1700 31.6000; honglan 洪蓝 119.0000 31.6000`,
  '320118': `gaochun 高淳城区 118.8720 31.3310; gubai 古柏 118.9350 31.3480; yaxi 桠溪 119.1200 31.3800;
    qiqiao 漆桥 118.9900 31.4200; dongba 东坝 119.0450 31.3150`,
};

export const places: readonly Place[] = Object.entries(table).flatMap(([district, rows]) =>
  rows.split(';').map((row) => {
    const [id, name, lon, lat] = row.trim().split(/\s+/) as [string, string, string, string];
    return { id, name, district, at: [Number(lon), Number(lat)] as const };
  }),
);
