import type { Field, Fields } from './fields.ts';

/** ITU-R M.1371-5 §3.3.7.2: what the sender says about its place in the time slots. `itdma` for message 3, SOTDMA otherwise. */
export const radio =
  (kind: 'sotdma' | 'itdma' | 'selected'): Field =>
  (bits, into) => {
    const selected = kind === 'selected' ? bits.unsigned(1) : null;
    const raw = bits.unsigned(19);
    if (raw === null) return;
    const itdma = kind === 'itdma' || selected === 1;
    into.fields.radio = { raw, ...(itdma ? incremental(raw) : selfOrganised(raw)) };
  };

const incremental = (raw: number): Fields => ({
  syncState: raw >> 17,
  slotIncrement: (raw >> 4) & 0x1fff,
  slots: (raw >> 1) & 7,
  keep: (raw & 1) === 1,
});

function selfOrganised(raw: number): Fields {
  const slotTimeout = (raw >> 14) & 7;
  const sub = raw & 0x3fff;
  const said: Fields =
    slotTimeout === 0
      ? { slotOffset: sub }
      : slotTimeout === 1
        ? { utcHour: sub >> 9, utcMinute: (sub >> 2) & 0x7f }
        : slotTimeout % 2 === 0
          ? { slotNumber: sub }
          : { receivedStations: sub };
  return { syncState: raw >> 17, slotTimeout, ...said };
}
