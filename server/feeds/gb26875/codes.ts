/** Names of GB/T 26875.3-2011 tables 4–7 and figures 6–9: what a control room reads, and our own word for messages. */
type Named = readonly [zh: string, en: string];

export const systemTypes: Readonly<Record<number, Named>> = {
  0: ['通用', 'general'],
  1: ['火灾报警系统', 'fire alarm system'],
  10: ['消防联动控制器', 'linkage controller'],
  11: ['消火栓系统', 'hydrant system'],
  12: ['自动喷水灭火系统', 'sprinkler system'],
  13: ['气体灭火系统', 'gas extinguishing system'],
  14: ['水喷雾灭火系统（泵启动）', 'water spray system, pump'],
  15: ['水喷雾灭火系统（压力容器启动）', 'water spray system, vessel'],
  16: ['泡沫灭火系统', 'foam system'],
  17: ['干粉灭火系统', 'dry powder system'],
  18: ['防烟排烟系统', 'smoke control system'],
  19: ['防火门及卷帘系统', 'fire door and shutter system'],
  20: ['消防电梯', 'fire lift'],
  21: ['消防应急广播', 'emergency broadcast'],
  22: ['消防应急照明和疏散指示系统', 'emergency lighting'],
  23: ['消防电源', 'fire power supply'],
  24: ['消防电话', 'fire telephone'],
};

export const componentTypes: Readonly<Record<number, Named>> = {
  0: ['通用', 'general'],
  1: ['火灾报警控制器', 'fire alarm control unit'],
  10: ['可燃气体探测器', 'gas detector, combustible'],
  11: ['点型可燃气体探测器', 'gas detector, point'],
  12: ['独立式可燃气体探测器', 'gas detector, stand-alone'],
  13: ['线型可燃气体探测器', 'gas detector, line'],
  16: ['电气火灾监控报警器', 'electrical fire monitor'],
  17: ['剩余电流式电气火灾监控探测器', 'residual current detector'],
  18: ['测温式电气火灾监控探测器', 'electrical temperature detector'],
  21: ['探测回路', 'detection loop'],
  22: ['火灾显示盘', 'fire display panel'],
  23: ['手动火灾报警按钮', 'manual call point'],
  24: ['消火栓按钮', 'hydrant button'],
  25: ['火灾探测器', 'fire detector'],
  30: ['感温火灾探测器', 'heat detector'],
  31: ['点型感温火灾探测器', 'heat detector, point'],
  32: ['点型感温火灾探测器（S型）', 'heat detector, point S'],
  33: ['点型感温火灾探测器（R型）', 'heat detector, point R'],
  34: ['线型感温火灾探测器', 'heat detector, line'],
  35: ['线型感温火灾探测器（S型）', 'heat detector, line S'],
  36: ['线型感温火灾探测器（R型）', 'heat detector, line R'],
  37: ['光纤感温火灾探测器', 'heat detector, fibre'],
  40: ['感烟火灾探测器', 'smoke detector'],
  41: ['点型离子感烟火灾探测器', 'smoke detector, ionisation'],
  42: ['点型光电感烟火灾探测器', 'smoke detector, photoelectric'],
  43: ['线型光束感烟火灾探测器', 'smoke detector, beam'],
  44: ['吸气式感烟火灾探测器', 'smoke detector, aspirating'],
  50: ['复合式火灾探测器', 'combined detector'],
  51: ['复合式感烟感温火灾探测器', 'combined smoke and heat detector'],
  52: ['复合式感光感温火灾探测器', 'combined flame and heat detector'],
  53: ['复合式感光感烟火灾探测器', 'combined flame and smoke detector'],
  61: ['紫外火焰探测器', 'flame detector, ultraviolet'],
  62: ['红外火焰探测器', 'flame detector, infrared'],
  69: ['感光火灾探测器', 'flame detector'],
  74: ['气体探测器', 'gas detector'],
  78: ['图像摄像方式火灾探测器', 'video fire detector'],
  79: ['感声火灾探测器', 'acoustic fire detector'],
  81: ['气体灭火控制器', 'gas extinguishing control unit'],
  82: ['消防电气控制装置', 'electrical control device'],
  83: ['消防控制室图形显示装置', 'control room display'],
  84: ['模块', 'module'],
  85: ['输入模块', 'input module'],
  86: ['输出模块', 'output module'],
  87: ['输入/输出模块', 'input and output module'],
  88: ['中继模块', 'relay module'],
  91: ['消防水泵', 'fire pump'],
  92: ['消防水箱', 'water tank'],
  95: ['喷淋泵', 'sprinkler pump'],
  96: ['水流指示器', 'flow indicator'],
  97: ['信号阀', 'signal valve'],
  98: ['报警阀', 'alarm valve'],
  99: ['压力开关', 'pressure switch'],
  101: ['阀驱动装置', 'valve actuator'],
  102: ['防火门', 'fire door'],
  103: ['防火阀', 'fire damper'],
  104: ['通风空调', 'ventilation'],
  105: ['泡沫液泵', 'foam pump'],
  106: ['管网电磁阀', 'solenoid valve'],
  111: ['防烟排烟风机', 'smoke fan'],
  113: ['排烟防火阀', 'smoke damper'],
  114: ['常闭送风口', 'air inlet'],
  115: ['排烟口', 'smoke outlet'],
  116: ['电控挡烟垂壁', 'smoke curtain'],
  117: ['防火卷帘控制器', 'shutter control unit'],
  118: ['防火门监控器', 'fire door monitor'],
  121: ['警报装置', 'sounder'],
};

/** A button somebody pressed is more than a detector that smells something. */
export const pressedByHand: ReadonlySet<number> = new Set([23, 24]);

/** 128–255 are the makers' own. */
export const nameOf = (table: Readonly<Record<number, Named>>, code: number): Named =>
  table[code] ?? (code >= 128 ? [`自定义类型${code}`, `vendor ${code}`] : [`预留类型${code}`, `reserved ${code}`]);

/** By bit. Bit 0 is 1 in normal operation and 0 under test. */
export const systemBits = [
  'normal',
  'fire',
  'fault',
  'shielded',
  'supervised',
  'started',
  'feedback',
  'delayed',
  'mainPowerFault',
  'backupPowerFault',
  'busFault',
  'manualMode',
  'configurationChanged',
  'reset',
] as const;
export const componentBits = [
  'normal',
  'fire',
  'fault',
  'shielded',
  'supervised',
  'started',
  'feedback',
  'delayed',
  'powerFault',
] as const;
export const transmitterBits = [
  'normal',
  'fire',
  'fault',
  'mainPowerFault',
  'backupPowerFault',
  'centreLineFault',
  'panelLineFault',
] as const;

/** What an operator did at the panel (type 4) or at the transmitter (type 24). */
export const panelOperations = [
  'reset',
  'silence',
  'manualAlarm',
  'alarmCleared',
  'selfTest',
  'acknowledge',
  'test',
] as const;
export const transmitterOperations = [
  'reset',
  'silence',
  'manualAlarm',
  'alarmCleared',
  'selfTest',
  'staffCheckAnswered',
  'test',
] as const;

export const namesOfBits = (word: number, names: readonly string[]): string[] =>
  names.filter((_, bit) => (word >> bit) & 1);

/** Bits that the standard keeps free; a maker who uses them means something we do not know. */
export const hasUnknownBits = (word: number, names: readonly string[]): boolean => word >> names.length !== 0;

/** `scale` turns the raw count into `unit` (UCUM); the raw step keeps the standard's own unit. */
export type AnalogueType = {
  readonly property: string;
  readonly unit: string;
  readonly scale: number;
  readonly rawUnit: string;
  readonly rawScale: number;
  readonly statistic: 'instant' | 'count';
};
const analogue = (property: string, unit: string, scale: number, more: Partial<AnalogueType> = {}): AnalogueType => ({
  property,
  unit,
  scale,
  rawUnit: unit,
  rawScale: scale,
  statistic: 'instant',
  ...more,
});
export const analogueTypes: Readonly<Record<number, AnalogueType>> = {
  1: analogue('eventCount', '1', 1, { statistic: 'count' }),
  2: analogue('height', 'm', 0.01),
  3: analogue('temperature', 'Cel', 0.1),
  4: analogue('pressure', 'kPa', 100, { rawUnit: 'MPa', rawScale: 0.1 }),
  5: analogue('pressure', 'kPa', 0.1),
  6: analogue('gasConcentration', '%', 0.1, { rawUnit: '%LEL' }),
  7: analogue('duration', 's', 1),
  8: analogue('voltage', 'V', 0.1),
  9: analogue('current', 'A', 0.1),
  10: analogue('flow', 'L/s', 0.1),
  11: analogue('airFlow', 'm3/min', 0.1),
  12: analogue('airSpeed', 'm/s', 1),
};

/** Two decimals are all that the scales above can make; binary fractions would show more. */
export const scaled = (raw: number, scale: number): number => Math.round(raw * scale * 100) / 100;
