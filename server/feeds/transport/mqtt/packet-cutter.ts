import { type PacketFault, packetFault } from './packet.ts';

/** One whole packet: its first byte, and what follows the length. */
export type RawPacket = { readonly head: number; readonly body: Uint8Array };
export type Cut = { readonly packets: readonly RawPacket[]; readonly fault: PacketFault | null };

const mostLengthBytes = 4;
/** Many tiny chunks take more room than their bytes. */
const mostChunks = 1_024;

/**
 * Cuts a stream into packets by their stated length. Chunks are joined only when a packet is whole, so a sender that drips byte by byte
 * costs no more than one that does not; what is announced longer than `limit` is refused at its header.
 */
export function createPacketCutter(limit: (first: boolean) => number) {
  let chunks: Uint8Array[] = [];
  let held = 0;
  let count = 0;
  /** Bytes of the packet at the front, with its header; null until the length was read. */
  let wanted: { readonly total: number; readonly headerBytes: number } | null = null;
  let broken: PacketFault | null = null;

  function joined(): Uint8Array {
    if (chunks.length !== 1) chunks = [Buffer.concat(chunks)];
    return chunks[0] ?? new Uint8Array(0);
  }

  /** The length of the packet at the front: seven bits a byte, low ones first; null while it is not all there. */
  function readLength(bytes: Uint8Array): { total: number; headerBytes: number } | PacketFault | null {
    let length = 0;
    for (let at = 0; at < mostLengthBytes; at++) {
      const byte = bytes[at + 1];
      if (byte === undefined) return null;
      length += (byte & 0x7f) * 128 ** at;
      if (byte < 0x80) {
        const most = limit(count === 0);
        if (length > most) return packetFault('too_large', `a packet of ${length} bytes (at most ${most})`);
        return { total: length + at + 2, headerBytes: at + 2 };
      }
    }
    return packetFault('malformed', 'a length of more than four bytes');
  }

  return {
    push(chunk: Uint8Array): Cut {
      const packets: RawPacket[] = [];
      if (broken) return { packets, fault: broken };
      if (chunk.length > 0) chunks.push(chunk);
      held += chunk.length;
      if (chunks.length > mostChunks) joined();
      while (held >= 2) {
        if (!wanted) {
          const [front] = chunks as [Uint8Array];
          const read = readLength(front.length > mostLengthBytes ? front : joined());
          if (read === null) break;
          if ('fault' in read) {
            broken = read;
            chunks = [];
            break;
          }
          wanted = read;
        }
        if (held < wanted.total) break;
        const bytes = joined();
        packets.push({ head: bytes[0] as number, body: bytes.subarray(wanted.headerBytes, wanted.total) });
        chunks = wanted.total < bytes.length ? [bytes.subarray(wanted.total)] : [];
        count++;
        held -= wanted.total;
        wanted = null;
      }
      return { packets, fault: broken };
    },
    /** Bytes of a packet that is not whole. */
    held: () => held,
  };
}
