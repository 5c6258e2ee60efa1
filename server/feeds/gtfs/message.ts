import type { Refusal } from '../refusal.ts';

export type Agency = { readonly id: string; readonly name: string; readonly timezone: string };
export type Stop = {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** [lon, lat]; null where the standard lets a stop have none. */
  readonly lonLat: readonly [number, number] | null;
  /** 0 stop or platform, 1 station, 2 entrance, 3 node, 4 boarding area. */
  readonly locationType: number;
  readonly parent: string | null;
  readonly platform: string | null;
};
export type Route = {
  readonly id: string;
  readonly agency: string | null;
  readonly shortName: string | null;
  readonly longName: string | null;
  /** As in the file: 0 tram, 1 metro, 2 rail, 3 bus, 4 ferry …, and the extended types. */
  readonly type: number;
  readonly colour: string | null;
  readonly trips: number;
};

/** A timetable: its summary, and what of it names places and lines. Trips and their times are checked and counted, not kept. */
export type GtfsSchedule = {
  readonly agencies: readonly Agency[];
  readonly routes: readonly Route[];
  readonly stops: readonly Stop[];
  /** Rows of each file, also of those that could not be read. */
  readonly tables: Readonly<Record<string, number>>;
  readonly counts: {
    readonly trips: number;
    readonly services: number;
    readonly stopTimes: number;
    readonly shapes: number;
    readonly shapePoints: number;
  };
  /** First and last day of service, `YYYYMMDD`, and the instants between which vehicles run by this timetable; null: no day at all. */
  readonly service: {
    readonly firstDay: string;
    readonly lastDay: string;
    readonly fromAt: number | null;
    readonly untilAt: number | null;
  } | null;
  readonly feed: {
    readonly publisher: string | null;
    readonly version: string | null;
    readonly language: string | null;
    readonly startDate: string | null;
    readonly endDate: string | null;
  } | null;
  /** Of the archive's bytes: the same timetable again is no news. */
  readonly digest: string;
  readonly folder: string;
  readonly otherFiles: readonly string[];
  readonly unreadable: readonly Refusal[];
  /** Rows that cannot be read and are not told one by one any more. */
  readonly moreUnreadable: number;
};
