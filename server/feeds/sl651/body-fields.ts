import type { QualityFlag } from '@/server/wire/record.ts';
import { type HourArray, stepOf } from './elements.ts';
import type { Asked, ElementValue, Parameter, Sl651Message } from './message.ts';
import { stationMs, stationText } from './station-time.ts';
import { readSlot } from './value.ts';

/** What a body is read into, step by step. */
export type BodyFields = {
  /** The first one that is named. */
  reportStation: string | null;
  /** The one that is being read, where that is another. */
  station: string | null;
  stationClass: Sl651Message['stationClass'];
  observeTimeBcd: string | null;
  observeTime: string | null;
  /** From the time step element; what follows it is a row of values. */
  stepS: number | null;
  elements: ElementValue[];
  parameters: Parameter[];
  states: string[] | null;
  switches: boolean[] | null;
  openingsM: (number | null)[] | null;
  events: number[] | null;
  asked: Asked | null;
  text: string | null;
  bytes: Uint8Array | null;
  trailing: string | null;
  flags: QualityFlag[];
  /** Where in the body passwords stand, and what could not be read among them. */
  secrets: Span[];
};

export type Span = { readonly start: number; readonly end: number; readonly readable: boolean };

export const noFields = (): BodyFields => ({
  reportStation: null,
  station: null,
  stationClass: null,
  observeTimeBcd: null,
  observeTime: null,
  stepS: null,
  elements: [],
  parameters: [],
  states: null,
  switches: null,
  openingsM: null,
  events: null,
  asked: null,
  text: null,
  bytes: null,
  trailing: null,
  flags: [],
  secrets: [],
});

/** The time of what is read from here on. */
export function observe(fields: BodyFields, digits: string): void {
  fields.observeTimeBcd = digits;
  fields.observeTime = stationText(digits);
}

/** A message may hold the values of several stations; the address is what parts them (SL 651-2014 §6.6.2.7). */
export function enterStation(fields: BodyFields, station: string): void {
  fields.reportStation ??= station;
  fields.station = station === fields.reportStation ? null : station;
}

/** What an element has of the station it belongs to: nothing for the first. */
export const stationOf = ({ station }: BodyFields): { readonly station?: string } =>
  station === null ? {} : { station };

/** What stands in place of a password in a message that is shown or kept. */
export const blank = '****';

const aheadMs = 5 * 60_000;

/**
 * The values of an hour begin at the stated time (10:05 for the hour that ends at 11:00). Where they would then lie in the sender's own
 * future, its maker states the end of the hour instead.
 */
export function addHourArray(
  fields: BodyFields,
  array: HourArray,
  slots: readonly string[],
  sendTimeBcd: string,
): void {
  const stepS = fields.stepS ?? array.stepS;
  const { observeTimeBcd, observeTime } = fields;
  const observedAt = observeTimeBcd === null ? null : stationMs(observeTimeBcd);
  const sentAt = stationMs(sendTimeBcd);
  const lastS = (slots.length - 1) * stepS;
  const backwards = observedAt !== null && sentAt !== null && observedAt + lastS * 1_000 > sentAt + aheadMs;
  const decimals = Math.round(Math.log10(array.scale));
  slots.forEach((raw, at) => {
    const { value, doubt } = readSlot(raw, array.scale);
    fields.elements.push({
      id: array.id,
      identifier: array.identifier,
      observeTimeBcd,
      observeTime,
      bytes: array.width,
      decimals,
      raw,
      value,
      doubt,
      offsetS: at * stepS - (backwards ? lastS : 0),
      stepS,
      ...stationOf(fields),
    });
  });
}

/** Days, hours, minutes. */
export function readStep(digits: string): number | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const [days, hours, minutes] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  return stepOf(days!, hours!, minutes!);
}
