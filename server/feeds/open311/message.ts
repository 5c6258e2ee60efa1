import type { Refusal } from '../refusal.ts';

/** A service request (GeoReport v2, GET requests), in the words of the standard; null where it does not say. */
export type ServiceRequest = {
  readonly id: string;
  readonly status: string | null;
  readonly statusNotes: string | null;
  /** What has happened to it so far, where a city tells (Chicago's notes). */
  readonly notes: readonly { readonly at: string | null; readonly stage: string }[];
  /** The state within the city's own procedure, finer than open and closed (CitySDK). */
  readonly detailedStatus: string | null;
  /** Of the report, where it has one beside its service. */
  readonly title: string | null;
  readonly serviceName: string | null;
  readonly serviceCode: string | null;
  readonly description: string | null;
  readonly agency: string | null;
  readonly serviceNotice: string | null;
  readonly requestedAt: string | null;
  readonly updatedAt: string | null;
  readonly expectedAt: string | null;
  readonly address: string | null;
  readonly addressId: string | null;
  readonly zipcode: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly mediaUrl: string | null;
};

export type Service = {
  readonly code: string;
  readonly name: string | null;
  readonly group: string | null;
  readonly description: string | null;
};
export type ServiceAttribute = {
  readonly code: string;
  readonly datatype: string | null;
  readonly required: boolean;
  readonly description: string | null;
  readonly values: readonly { readonly key: string; readonly name: string | null }[];
};

export type Open311Document = { readonly encoding: 'xml' | 'json'; readonly unreadable: readonly Refusal[] } & (
  | { readonly kind: 'requests'; readonly requests: readonly ServiceRequest[] }
  | { readonly kind: 'services'; readonly services: readonly Service[] }
  | { readonly kind: 'definition'; readonly serviceCode: string; readonly attributes: readonly ServiceAttribute[] }
  /** Answers to a request that was filed: the id, or the token that stands for it until there is one. */
  | { readonly kind: 'filed'; readonly filed: readonly { readonly id: string | null; readonly token: string | null }[] }
  | {
      readonly kind: 'errors';
      readonly errors: readonly { readonly code: string | null; readonly description: string }[];
    }
);
