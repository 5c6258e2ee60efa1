import { beijingTime } from '../beijing-time.ts';
import { encodeFrame, mostSegmentBytes } from './frame.ts';

/** Command codes of HJ 212-2017 §6.6.5 that a station uses by itself, and the answers that end an exchange. */
export const commands = {
  realTime: '2011',
  minute: '2051',
  hour: '2061',
  noticeAnswer: '9013',
  dataAnswer: '9014',
} as const;

/** Table 5: kind of site. */
export const systems = { surfaceWater: '21', ambientAir: '22', flueGas: '31', waterOutlet: '32' } as const;

export type Head = {
  readonly st: string;
  readonly mn: string;
  readonly password: string;
};

/** N: valid; T: over the range of the instrument; D: instrument out of order (table 6). */
export type Mark = 'N' | 'T' | 'D';
export type Sample = { readonly code: string; readonly value: number; readonly decimals: number; readonly mark: Mark };
export type Summary = {
  readonly code: string;
  readonly min: number;
  readonly avg: number;
  readonly max: number;
  readonly decimals: number;
  readonly mark: Mark;
};

/** QN: time of the request in milliseconds, unique for a station (§6.3.3). */
export function requestNumber(atMs: number): string {
  const t = beijingTime(atMs);
  return `${t.year}${t.month}${t.day}${t.hour}${t.minute}${t.second}${String(atMs % 1_000).padStart(3, '0')}`;
}

const dataTime = (atMs: number) => `DataTime=${requestNumber(atMs).slice(0, 14)}`;

export const realTimeGroups = (samples: readonly Sample[]): string[] =>
  samples.map(({ code, value, decimals, mark }) => `${code}-Rtd=${value.toFixed(decimals)},${code}-Flag=${mark}`);

export const summaryGroups = (summaries: readonly Summary[]): string[] =>
  summaries.map(
    ({ code, min, avg, max, decimals, mark }) =>
      `${code}-Min=${min.toFixed(decimals)},${code}-Avg=${avg.toFixed(decimals)},${code}-Max=${max.toFixed(decimals)},${code}-Flag=${mark}`,
  );

/** Flag (§6.3.3): bits 2–7 the edition, 1 = 2017; bit 1 packets are numbered; bit 0 an answer is wanted. */
const flag = (parts: number) => (1 << 2) | (parts > 1 ? 2 : 0) | 1;

/**
 * One message as its packets: fields of one pollutant stay together, a segment keeps within 1,024 bytes, and where there are several each
 * carries DataTime first, PNUM and PNO.
 */
export function packets(
  head: Head,
  command: string,
  {
    qn,
    dataAtMs,
    groups,
    most = mostSegmentBytes,
  }: {
    qn: string;
    dataAtMs: number;
    groups: readonly string[];
    /** Older loggers split earlier than they must. */
    most?: number;
  },
): Buffer[] {
  const segment = (body: readonly string[], total: number, index: number) =>
    `QN=${qn};ST=${head.st};CN=${command};PW=${head.password};MN=${head.mn};Flag=${flag(total)}${
      total > 1 ? `;PNUM=${total};PNO=${index}` : ''
    };CP=&&${[dataTime(dataAtMs), ...body].join(';')}&&`;
  const whole = segment(groups, 1, 1);
  if (whole.length <= most) return [encodeFrame(whole)];
  const room = most - segment([], 999, 999).length;
  const bodies: string[][] = [[]];
  let taken = 0;
  for (const group of groups) {
    if (taken + group.length + 1 > room) {
      bodies.push([]);
      taken = 0;
    }
    bodies.at(-1)!.push(group);
    taken += group.length + 1;
  }
  return bodies.map((body, index) => encodeFrame(segment(body, bodies.length, index + 1)));
}

/** What confirms a packet: 9014 with the station, the number of the exchange and of the packet. */
export const confirmKey = (mn: string, qn: string, packet: number): string => `${mn}/${qn}/${packet}`;

/** The exchange that an answer of the platform ends; null where it is none. */
export function answered(segment: Uint8Array): string | null {
  const text = Buffer.from(segment).toString('latin1');
  const field = (name: string) => new RegExp(`(?:^|;|&&)${name}=([^;&]*)`).exec(text)?.[1] ?? null;
  const command = field('CN');
  if (command !== commands.dataAnswer && command !== commands.noticeAnswer) return null;
  const [mn, qn] = [field('MN'), field('QN')];
  return mn && qn ? confirmKey(mn, qn, Number(field('PNO') ?? 1)) : null;
}
