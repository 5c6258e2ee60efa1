/** Bits 11–13 of a code, GB/T 28181-2022 annex E: what kind of thing it names. */
export const deviceTypes: Readonly<Record<string, string>> = {
  '111': 'DVR',
  '112': 'video server',
  '113': 'encoder',
  '114': 'decoder',
  '115': 'video switching matrix',
  '116': 'audio switching matrix',
  '117': 'alarm controller',
  '118': 'NVR',
  '119': 'online video image gathering system',
  '120': 'checkpoint',
  '121': 'online dynamic image gathering system',
  '130': 'HVR',
  '131': 'camera',
  '132': 'network camera',
  '133': 'display',
  '134': 'alarm input',
  '135': 'alarm output',
  '136': 'voice input',
  '137': 'voice output',
  '138': 'mobile transmission unit',
  '139': 'other peripheral',
  '200': 'signalling server',
  '201': 'web application server',
  '202': 'media server',
  '203': 'proxy server',
  '204': 'security server',
  '205': 'alarm server',
  '206': 'database server',
  '207': 'GIS server',
  '208': 'management server',
  '209': 'access gateway',
  '210': 'media storage server',
  '211': 'secure routing gateway',
  '215': 'business group',
  '216': 'virtual organisation',
  '300': 'user of a centre',
  '400': 'user of an end system',
  '500': 'external platform',
};

export type DeviceCode = {
  /** Administrative area, 8 digits. */
  readonly centre: string;
  readonly industry: string;
  readonly type: string;
  /** Null where the table has no name for it. */
  readonly typeName: string | null;
  readonly network: string;
  readonly serial: string;
};

/** The 20 digits of GB/T 28181 §E.1; null where it is another code (an area of 2 to 8 digits, a maker's own). */
export function readCode(text: string): DeviceCode | null {
  const match = /^(\d{8})(\d{2})(\d{3})(\d)(\d{6})$/.exec(text);
  if (!match) return null;
  const [, centre = '', industry = '', type = '', network = '', serial = ''] = match;
  return { centre, industry, type, typeName: deviceTypes[type] ?? null, network, serial };
}
