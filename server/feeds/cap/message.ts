import type { Refusal } from '../refusal.ts';

/** The vocabulary of CAP 1.2 §3.2. Values stand as they were sent (trimmed); absent and empty are null. */
export type CapNameValue = { readonly valueName: string; readonly value: string };
/** [latitude, longitude], in CAP's own order: the opposite of GeoJSON's. */
export type CapPoint = readonly [latitude: number, longitude: number];
export type CapCircle = { readonly center: CapPoint; readonly radiusKm: number };

export type CapArea = {
  readonly areaDesc: string | null;
  readonly polygons: readonly (readonly CapPoint[])[];
  readonly circles: readonly CapCircle[];
  readonly geocodes: readonly CapNameValue[];
  /** Feet above mean sea level (CAP 1.2 §3.2.4). */
  readonly altitudeFt: number | null;
  readonly ceilingFt: number | null;
};

export type CapResource = {
  readonly resourceDesc: string | null;
  readonly mimeType: string | null;
  readonly size: string | null;
  readonly uri: string | null;
  readonly digest: string | null;
};

export const capSeverities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const capUrgencies = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const capCertainties = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;
export const capStatuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const capMsgTypes = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
export const capScopes = ['Public', 'Restricted', 'Private'] as const;
/** Of the Chinese profile: I 红, II 橙, III 黄, IV 蓝. */
export const capColours = ['red', 'orange', 'yellow', 'blue'] as const;
export type CapColour = (typeof capColours)[number];

export type CapInfo = {
  readonly language: string | null;
  readonly categories: readonly string[];
  readonly event: string;
  /** Chinese profile: the code table's number, e.g. 11B06. */
  readonly eventType: string | null;
  /** Chinese profile: what that number means, e.g. 大风; null where it is not known. */
  readonly eventName: string | null;
  readonly responseTypes: readonly string[];
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly audience: string | null;
  readonly eventCodes: readonly CapNameValue[];
  readonly effective: string | null;
  readonly onset: string | null;
  readonly expires: string | null;
  readonly senderName: string | null;
  readonly headline: string | null;
  readonly description: string | null;
  readonly instruction: string | null;
  readonly web: string | null;
  readonly contact: string | null;
  readonly parameters: readonly CapNameValue[];
  readonly resources: readonly CapResource[];
  readonly areas: readonly CapArea[];
};

export const capVersions = ['1.0', '1.1', '1.2', '12379'] as const;
export type CapVersion = (typeof capVersions)[number];

export type CapAlert = {
  readonly version: CapVersion;
  readonly identifier: string;
  readonly sender: string;
  /** Chinese profile: 14 digits, 6 area + 3 body + 3 unit + 2 spare. */
  readonly senderCode: string | null;
  /** `sendTime` in the Chinese profile. */
  readonly sent: string;
  readonly status: (typeof capStatuses)[number];
  readonly msgType: (typeof capMsgTypes)[number];
  readonly source: string | null;
  readonly scope: (typeof capScopes)[number];
  readonly restriction: string | null;
  readonly addresses: string | null;
  readonly codes: readonly string[];
  readonly note: string | null;
  /** `sender,identifier,sent` each; bare identifiers in the Chinese profile. */
  readonly references: readonly string[];
  readonly incidents: string | null;
  readonly infos: readonly CapInfo[];
  /** XML signatures are kept with the raw bytes; nobody here vouches for them. */
  readonly signature: 'absent' | 'unverified';
  /** Where the message leaves the standard and is still understood. */
  readonly deviations: readonly string[];
};

/** One entry of an Atom or RSS index: where the alert itself can be fetched. */
export type CapEntry = {
  readonly id: string | null;
  readonly title: string | null;
  readonly updated: string | null;
  readonly links: readonly { readonly href: string; readonly rel: string | null; readonly type: string | null }[];
  /** How many alerts stood inside the entry itself; those need no fetching. */
  readonly alerts: number;
};

export type CapDocument = {
  /** `wrapper`: elements of nobody's standard around alerts (lists of alerts, envelopes of web services). */
  readonly form: 'alert' | 'edxl-de' | 'atom' | 'rss' | 'wrapper';
  readonly alerts: readonly CapAlert[];
  readonly entries: readonly CapEntry[];
  /** Alerts and entries of the same carrier that could not be read. */
  readonly unreadable: readonly Refusal[];
};
