import type { AlertRecord } from '@/server/wire/record.ts';

/** AlarmMethod, annex A.2.5: how the alarm came about. */
export const alarmMethods: Readonly<Record<string, string>> = {
  '1': '电话报警',
  '2': '设备报警',
  '3': '短信报警',
  '4': 'GPS 报警',
  '5': '视频报警',
  '6': '设备故障报警',
  '7': '其他报警',
};

/** AlarmType by method; 5/13 came with the 2022 edition. */
export const alarmTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '2': {
    '1': '视频丢失报警',
    '2': '设备防拆报警',
    '3': '存储设备磁盘满报警',
    '4': '设备高温报警',
    '5': '设备低温报警',
  },
  '5': {
    '1': '人工视频报警',
    '2': '运动目标检测报警',
    '3': '遗留物检测报警',
    '4': '物体移除检测报警',
    '5': '绊线检测报警',
    '6': '入侵检测报警',
    '7': '逆行检测报警',
    '8': '徘徊检测报警',
    '9': '流量统计报警',
    '10': '密度检测报警',
    '11': '视频异常检测报警',
    '12': '快速移动报警',
    '13': '图像遮挡报警',
  },
  '6': { '1': '存储设备磁盘故障报警', '2': '存储设备风扇故障报警' },
};

export const alarmEvents: Readonly<Record<string, string>> = { '1': '进入区域', '2': '离开区域' };

/** AlarmPriority: 1 is the gravest. */
export const severities: Readonly<Record<string, AlertRecord['severity']>> = {
  '1': 'Extreme',
  '2': 'Severe',
  '3': 'Moderate',
  '4': 'Minor',
};
export const priorities: Readonly<Record<string, string>> = {
  '1': '一级警情',
  '2': '二级警情',
  '3': '三级警情',
  '4': '四级警情',
};
