import type { Station } from '@/server/domain/station.ts';

/** A request may be 256 KB; a command is one transaction. */
const mostBytes = 180 * 1024;
const mostStations = 250;

/** Stations in parts that one command takes; in order, so that a part has the same id however often it is sent. */
export function importParts(stations: readonly Station[]): Station[][] {
  const parts: Station[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const station of stations) {
    const bytes = new TextEncoder().encode(JSON.stringify(station)).length + 1;
    const part = parts.at(-1);
    if (!part || size + bytes > mostBytes || part.length >= mostStations) {
      parts.push([station]);
      size = bytes;
    } else {
      part.push(station);
      size += bytes;
    }
  }
  return parts;
}
