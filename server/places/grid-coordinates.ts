import type { LonLat } from '@/server/domain/place.ts';

/** WGS-84 ellipsoid and the scale on the central meridian of a UTM zone. */
const a = 6_378_137;
const f = 1 / 298.257_223_563;
const k0 = 0.9996;
const e2 = f * (2 - f);
const ep2 = e2 / (1 - e2);
const e1 = (1 - Math.sqrt(1 - e2)) / (1 + Math.sqrt(1 - e2));
const deg = 180 / Math.PI;

type Utm = { readonly zone: number; readonly north: boolean; readonly eastingM: number; readonly northingM: number };

/** The inverse of the transverse Mercator projection by series; exact to the centimetre within a zone. */
function lonLatOfUtm({ zone, north, eastingM, northingM }: Utm): LonLat {
  const m = (north ? northingM : northingM - 10_000_000) / k0;
  const mu = m / (a * (1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256));
  const foot =
    mu +
    ((3 * e1) / 2 - (27 * e1 ** 3) / 32) * Math.sin(2 * mu) +
    ((21 * e1 ** 2) / 16 - (55 * e1 ** 4) / 32) * Math.sin(4 * mu) +
    ((151 * e1 ** 3) / 96) * Math.sin(6 * mu) +
    ((1097 * e1 ** 4) / 512) * Math.sin(8 * mu);
  const sin = Math.sin(foot);
  const cos = Math.cos(foot);
  const t = Math.tan(foot) ** 2;
  const c = ep2 * cos ** 2;
  const n = a / Math.sqrt(1 - e2 * sin ** 2);
  const r = (a * (1 - e2)) / (1 - e2 * sin ** 2) ** 1.5;
  const d = (eastingM - 500_000) / (n * k0);
  const lat =
    foot -
    ((n * Math.tan(foot)) / r) *
      (d ** 2 / 2 -
        ((5 + 3 * t + 10 * c - 4 * c ** 2 - 9 * ep2) * d ** 4) / 24 +
        ((61 + 90 * t + 298 * c + 45 * t ** 2 - 252 * ep2 - 3 * c ** 2) * d ** 6) / 720);
  const lon =
    (d - ((1 + 2 * t + c) * d ** 3) / 6 + ((5 - 2 * c + 28 * t - 3 * c ** 2 + 8 * ep2 + 24 * t ** 2) * d ** 5) / 120) /
    cos;
  return [zone * 6 - 183 + lon * deg, lat * deg];
}

const bands = 'CDEFGHJKLMNPQRSTUVWX';
const rows = 'ABCDEFGHJKLMNPQRSTUV';
const columns = ['STUVWXYZ', 'ABCDEFGH', 'JKLMNPQR'] as const;

const utm = /^(?:UTM\s*)?(\d{1,2})\s*([C-HJ-NP-X])\s+(\d{6})(?:\.\d+)?\s*(?:M?E)?[\s,]+(\d{5,8})(?:\.\d+)?\s*(?:M?N)?$/;
const mgrs = /^(?:MGRS\s*)?(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{2,5})\s*(\d{2,5})$/;

function readMgrs(text: string): Utm | null {
  const squashed = mgrs.exec(
    text.replace(
      /^(.*?[A-Z]{2}\s*)(\d{4,10})$/,
      (_, head: string, digits: string) =>
        `${head}${digits.slice(0, digits.length / 2)} ${digits.slice(digits.length / 2)}`,
    ),
  );
  if (!squashed) return null;
  const [, digits, band, column, row, east, north] = squashed as unknown as string[];
  const zone = Number(digits);
  const at = columns[zone % 3]!.indexOf(column!);
  if (zone < 1 || zone > 60 || at < 0 || east!.length !== north!.length) return null;
  const unitM = 10 ** (5 - east!.length);
  const rowAt = (rows.indexOf(row!) - (zone % 2 === 0 ? 5 : 0) + 20) % 20;
  const within = rowAt * 100_000 + Number(north) * unitM;
  const isNorth = band! >= 'N';
  // The letters repeat every 2,000 km: the band says which of them is meant.
  const south = (bands.indexOf(band!) * 8 - 80) * 110_574 + (isNorth ? 0 : 10_000_000);
  const laps = Math.ceil((south - 100_000 - within) / 2_000_000);
  return {
    zone,
    north: isNorth,
    eastingM: (at + 1) * 100_000 + Number(east) * unitM,
    northingM: within + Math.max(0, laps) * 2_000_000,
  };
}

/** `50R 669853 3549013` (UTM, letter of the band) or `50R PA 69853 49013` (MGRS); WGS-84 by definition. */
export function readGrid(text: string): LonLat | null {
  const tidy = text.normalize('NFKC').toUpperCase().trim();
  const plain = utm.exec(tidy);
  const read = plain
    ? {
        zone: Number(plain[1]),
        north: plain[2]! >= 'N',
        eastingM: Number(plain[3]),
        northingM: Number(plain[4]),
      }
    : readMgrs(tidy);
  if (!read || read.zone < 1 || read.zone > 60 || read.eastingM < 100_000 || read.eastingM >= 900_000) return null;
  const [lon, lat] = lonLatOfUtm(read);
  return Math.abs(lat) <= 84.5 ? [Number(lon.toFixed(6)), Number(lat.toFixed(6))] : null;
}
