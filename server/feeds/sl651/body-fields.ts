import type { QualityFlag } from '@/server/wire/record.ts';
import { type HourArray, stepOf } from './elements.ts';
import type { ElementValue, Parameter, Sl651Message } from './message.ts';
import { stationMs, stationText } from './station-time.ts';
import { readSlot } from './value.ts';

/** What a body is read into, step by step. */
export type BodyFields = {
  reportStation: string | null;
  stationClass: Sl651Message['stationClass'];
  observeTimeBcd: string | null;
  observeTime: string | null;
  /** From the time step element; what follows it is a row of values. */
  stepS: number | null;
  elements: ElementValue[];
  parameters: Parameter[];
  states: string[] | null;
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
  stationClass: null,
  observeTimeBcd: null,
  observeTime: null,
  stepS: null,
  elements: [],
  parameters: [],
  states: null,
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
    });
  });
}

/** Days, hours, minutes. */
export function readStep(digits: string): number | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const [days, hours, minutes] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  return stepOf(days!, hours!, minutes!);
}
