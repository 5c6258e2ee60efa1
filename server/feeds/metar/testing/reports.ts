import { damageText } from '../../testing/damage-text.ts';
import type { Below } from '../../testing/seeded.ts';

export { latin1 as bytesOf, latin1Of as textOf } from '../../testing/bytes.ts';

/** Written after the tables of WMO-No. 306; none of them was ever sent. */
export const reports = {
  plain:
    'METAR ZSNJ 241430Z 22006G12MPS 180V260 3000 1200SW R06/0800V1200U -TSRA BR FEW010 SCT023CB BKN040 26/24 Q1003 RERA NOSIG=',
  speci:
    'SPECI ZSNJ 241437Z VRB02MPS 0600 R06L/P2000N R24/M0050D +SHRA FG VV003 M01/M03 Q0998 WS R06 TEMPO FM1500 TL1600 0300 +TSRA=',
  cavok: 'METAR COR ZSNJ 241500Z 00000MPS CAVOK 28/20 Q1004=',
  auto: 'METAR ZSNJ 241530Z AUTO /////MPS //// // ////// ///// Q////=',
  american:
    'METAR KBOS 241454Z CCB 24015G25KT 1 1/2SM R04R/2200V4500FT/D -SN BLSN SCT008 OVC015 M05/M08 A2992 RMK AO2 SLP134 T10501083 $=',
  sea: 'METAR ENXX 241450Z 30050KMH 9999 NSC 05/M02 Q1021 W08/H15 R18/290155 R88/CLRD70 BLU+ BECMG AT1600 CAVOK=',
  nil: 'METAR ZSOF 241400Z NIL=',
  taf:
    'TAF AMD ZSNJ 241105Z 2412/2518 20004MPS 6000 -RA NSC TX31/2506Z TNM01/2421Z BECMG 2414/2415 3000 BR FM250300 18008MPS CAVOK' +
    '\r\n     PROB30 TEMPO 2506/2510 1500 TSRA SCT030CB NSW WS020/24045KT RMK NXT FCST BY 24Z=',
} as const;

const pieces = [
  '=',
  '\n',
  '\n\n',
  ' ',
  '/',
  '//',
  ' RMK ',
  ' TEMPO ',
  ' FM',
  'METAR ',
  'ZSNJ 241430Z ',
  '9999',
  'SM',
  '1/0SM',
  'VV///',
  'M',
  '\xff',
  '\x03',
  'R99/',
  ' PROB40 ',
];

export const mutate = (report: string, below: Below): string =>
  damageText(report, below, {
    pieces,
    longestLoss: 5,
    more: [
      (text, at) => `${text} ${text.slice(0, at)}`,
      (text, at) => text.slice(0, at) + String(below(10)) + text.slice(at + 1),
      (text) => {
        const words = text.split(' ');
        words.splice(below(words.length), 1, words[below(words.length)]!);
        return words.join(' ');
      },
    ],
  });
