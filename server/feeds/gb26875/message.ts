import type { QualityFlag } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';
import type { AlarmStep } from './alarms.ts';
import type { Header } from './header.ts';

/** One information object. Which members it has depends on the data type; `time` is the panel's own clock for it. */
export type DataObject = {
  readonly systemType?: number;
  readonly systemName?: string;
  readonly systemAddress?: number;
  readonly componentType?: number;
  readonly componentName?: string;
  readonly componentAddress?: number;
  readonly state?: number;
  readonly states?: readonly string[];
  readonly description?: string;
  readonly analogueType?: number;
  readonly analogueName?: string;
  /** The count as sent; `analogueValue` is in the unit of its type. */
  readonly analogueRaw?: number;
  readonly analogueValue?: number;
  readonly operation?: number;
  readonly operations?: readonly string[];
  readonly operator?: number;
  readonly versionMain?: number;
  readonly versionUser?: number;
  readonly text?: string;
  readonly recordCount?: number;
  readonly timeoutMin?: number;
  readonly time?: string | null;
};

/** Application data: a type, and as many objects as were there. `bytes` for what we have no layout of. */
export type DataUnit = {
  readonly type: number;
  readonly name: string;
  /** As stated; `objects` may hold fewer. */
  readonly count: number;
  readonly objects: readonly DataObject[];
  readonly bytes: Uint8Array | null;
  /** What stood behind the last object, as hex. */
  readonly leftover: string | null;
  /** Objects that were announced and cut off. */
  readonly unreadable: Refusal | null;
};

export type Gb26875Message = {
  readonly name: string;
  readonly header: Header;
  /** Null in confirmations and denials. */
  readonly unit: DataUnit | null;
  readonly flags: readonly QualityFlag[];
  /** Fires that this message opens and closes, as the session of its connection knows them; absent without a session. */
  readonly alarms?: readonly AlarmStep[];
};
