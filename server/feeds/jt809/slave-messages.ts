import type { Jt809Message } from './message.ts';

/** 0x9101: how many positions came, and in which time. */
export function receivedCount(of: {
  readonly total: number;
  readonly startAt: number;
  readonly endAt: number;
}): Buffer {
  const body = Buffer.alloc(20);
  body.writeUInt32BE(of.total >>> 0, 0);
  body.writeBigUInt64BE(BigInt(Math.floor(of.startAt / 1000)), 4);
  body.writeBigUInt64BE(BigInt(Math.floor(of.endAt / 1000)), 12);
  return body;
}

/**
 * Results of what is answered over the slave link. A city does not hand positions on to the platforms below it: what they ask for is
 * declined in the standard's own figures. A vehicle that registers (2019) is taken.
 */
const answers: Readonly<Record<string, { readonly subId: number; readonly result: number; readonly named: boolean }>> =
  {
    '0x1201': { subId: 0x9201, result: 0, named: true },
    /** 1: the upper platform has no data of this vehicle. */
    '0x1207': { subId: 0x9207, result: 1, named: false },
    /** 1: there was no such request before. */
    '0x1208': { subId: 0x9208, result: 1, named: false },
    /** 2: the upper platform has no such positions. */
    '0x1209': { subId: 0x9209, result: 2, named: false },
  };

const plateBytes = 21;

/** Plate and colour as they were sent; in 2019 the answer names the message that it answers. */
export function owedOnSlaveLink(message: Jt809Message): { messageId: number; body: Uint8Array } | null {
  const { subId, header, vehicle, vehicleBytes } = message;
  const answer = answers[subId ?? ''];
  const is2019 = header.version === '2019';
  if (!answer || !vehicle || !vehicleBytes || (answer.named && !is2019)) return null;
  const source = is2019 ? 6 : 0;
  const body = Buffer.alloc(plateBytes + 1 + 6 + source + 1);
  body.set(vehicleBytes.subarray(0, plateBytes + 1));
  body.writeUInt16BE(answer.subId, plateBytes + 1);
  body.writeUInt32BE(source + 1, plateBytes + 3);
  if (is2019) {
    body.writeUInt16BE(Number(subId), plateBytes + 7);
    body.writeUInt32BE(header.serial, plateBytes + 9);
  }
  body[body.length - 1] = answer.result;
  return { messageId: 0x9200, body };
}
