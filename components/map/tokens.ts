import type { Priority, warningColours } from '@/server/domain/scale.ts';
import { type UnitStatus, unitStatuses } from '@/server/domain/unit.ts';

/**
 * Colours of the map, written out because shaders and canvases cannot read the page's variables.
 * Unit, priority and warning colours equal the tokens of the page; tokens.test.ts holds both that and the contrast.
 */
export const mapThemes = ['light', 'dim', 'dark'] as const;
export type MapTheme = (typeof mapThemes)[number];
export type WarningColour = (typeof warningColours)[number];

export type BaseTokens = Record<
  | 'outside'
  | 'land'
  | 'hill'
  | 'water'
  | 'waterEdge'
  | 'border'
  | 'cityEdge'
  | 'road'
  | 'roadEdge'
  | 'arterial'
  | 'rail'
  | 'grid'
  | 'label'
  | 'labelSoft'
  | 'labelWater'
  | 'labelHill'
  | 'halo',
  string
>;

const base: Record<MapTheme, BaseTokens> = {
  light: {
    outside: '#d9dde0',
    land: '#eef0f2',
    hill: '#e0eae1',
    water: '#cbdae6',
    waterEdge: '#b0c4d4',
    border: '#9fa5ac',
    cityEdge: '#69737d',
    road: '#fdfdfe',
    roadEdge: '#c3c8cc',
    arterial: '#f9fafb',
    rail: '#9a9fa5',
    grid: '#dbdee2',
    label: '#383e46',
    labelSoft: '#52575f',
    labelWater: '#3a5c78',
    labelHill: '#3c5841',
    halo: '#eff2f4',
  },
  dim: {
    outside: '#14181d',
    land: '#22272d',
    hill: '#252f2a',
    water: '#132230',
    waterEdge: '#2b3e4d',
    border: '#4a525b',
    cityEdge: '#6f7c89',
    road: '#444b53',
    roadEdge: '#191d22',
    arterial: '#373d43',
    rail: '#4a5059',
    grid: '#2c3137',
    label: '#c6cbd1',
    labelSoft: '#a3a9b1',
    labelWater: '#83a3bb',
    labelHill: '#8ba694',
    halo: '#1a1e23',
  },
  dark: {
    outside: '#07090c',
    land: '#111519',
    hill: '#131c17',
    water: '#081521',
    waterEdge: '#1b2c3a',
    border: '#353c44',
    cityEdge: '#5a6570',
    road: '#2c3238',
    roadEdge: '#0a0d10',
    arterial: '#23282e',
    rail: '#333940',
    grid: '#191d22',
    label: '#b3b8be',
    labelSoft: '#8f959d',
    labelWater: '#6f8da5',
    labelHill: '#788f80',
    halo: '#0a0d10',
  },
};

type UnitHue = 'ready' | 'called' | 'moving' | 'scene' | 'carry' | 'back' | 'off' | 'sos';

const unitHues: Record<MapTheme, Record<UnitHue, string>> = {
  light: {
    ready: '#2a7257',
    called: '#6f4fa1',
    moving: '#2769b7',
    scene: '#007187',
    carry: '#9f4685',
    back: '#5f786c',
    off: '#73787f',
    sos: '#c2272a',
  },
  dim: {
    ready: '#75cca7',
    called: '#b494ed',
    moving: '#64aaf0',
    scene: '#6dd6e8',
    carry: '#e48cc8',
    back: '#91ac9f',
    off: '#8d939a',
    sos: '#f75e54',
  },
  dark: {
    ready: '#67b896',
    called: '#a281d9',
    moving: '#5197db',
    scene: '#5fc2d2',
    carry: '#d07ab5',
    back: '#7f998d',
    off: '#7b8187',
    sos: '#e95048',
  },
};

const hueOfStatus: Record<UnitStatus, UnitHue> = {
  available: 'ready',
  assigned: 'called',
  acknowledged: 'called',
  enRoute: 'moving',
  staging: 'moving',
  onScene: 'scene',
  transporting: 'carry',
  atDestination: 'carry',
  returning: 'back',
  busyDivertible: 'moving',
  unavailable: 'off',
  offDuty: 'off',
  emergency: 'sos',
};

export type Fill = { fill: string; ink: string };

const priorityFills: Record<MapTheme, Record<Priority, Fill>> = {
  light: {
    P1: { fill: '#c2272a', ink: '#fffbfa' },
    P2: { fill: '#e6802d', ink: '#241104' },
    P3: { fill: '#eed04c', ink: '#251f07' },
    P4: { fill: '#fdfdfe', ink: '#424850' },
  },
  dim: {
    P1: { fill: '#eb5249', ink: '#160302' },
    P2: { fill: '#f39647', ink: '#210f02' },
    P3: { fill: '#ebd15a', ink: '#201a03' },
    P4: { fill: '#2d333a', ink: '#bfc5cb' },
  },
  dark: {
    P1: { fill: '#dc4941', ink: '#0f0202' },
    P2: { fill: '#e38a3f', ink: '#1c0a00' },
    P3: { fill: '#ddc452', ink: '#1b1601' },
    P4: { fill: '#15191e', ink: '#a9afb5' },
  },
};

const warningHues: Record<MapTheme, Record<WarningColour, string>> = {
  light: { red: '#c2272a', orange: '#b0540a', yellow: '#7a6304', blue: '#2e69b2' },
  dim: { red: '#eb5249', orange: '#f39647', yellow: '#ebd15a', blue: '#64a3e3' },
  dark: { red: '#dc4941', orange: '#e38a3f', yellow: '#ddc452', blue: '#5594d2' },
};

const inks: Record<MapTheme, { selection: string; place: string; lineStrong: string; panel: string; ink: string }> = {
  light: { selection: '#1b2129', place: '#2a5583', lineStrong: '#6a7178', panel: '#fdfdfe', ink: '#1b2129' },
  dim: { selection: '#f4f6f8', place: '#a1c9ec', lineStrong: '#8d959f', panel: '#23292f', ink: '#e5e8ec' },
  dark: { selection: '#e3e6ea', place: '#92b9db', lineStrong: '#757d86', panel: '#0d1115', ink: '#d4d8dc' },
};

export const baseTokens = (theme: MapTheme): BaseTokens => base[theme];
export const inkTokens = (theme: MapTheme) => inks[theme];
export const priorityFill = (theme: MapTheme, priority: Priority): Fill => priorityFills[theme][priority];
export const warningHue = (theme: MapTheme, colour: WarningColour): string => warningHues[theme][colour];

/** Null: a unit whose status nobody knows. */
export const unitColour = (theme: MapTheme, status: UnitStatus | null): string =>
  unitHues[theme][status === null ? 'off' : hueOfStatus[status]];

/** By the status code on the wire; what has no status has the colour of what is off. */
export const unitColours = (theme: MapTheme): string[] => [
  ...unitStatuses.map((status) => unitColour(theme, status)),
  unitColour(theme, null),
];

export const rgb = (hex: string): [red: number, green: number, blue: number] => [
  Number.parseInt(hex.slice(1, 3), 16) / 255,
  Number.parseInt(hex.slice(3, 5), 16) / 255,
  Number.parseInt(hex.slice(5, 7), 16) / 255,
];

/** The same colour with an opacity, for canvases and styles. */
export const withAlpha = (hex: string, alpha: number): string => {
  const [red, green, blue] = rgb(hex).map((part) => Math.round(part * 255));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
};
