import { beijingDateTime } from '../beijing-time.ts';
import type { LonLat } from '../geo.ts';

/** Open311 GeoReport v2, GET requests.json: what a district's own case system has filed. */
export type ServiceRequest = {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly notes: string | null;
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly description: string;
  readonly agency: string;
  readonly address: string;
  readonly at: LonLat;
  readonly requestedAtMs: number;
  readonly updatedAtMs: number;
  readonly expectedAtMs: number;
};

/** An offset instead of Z, as W3C date-times of a city's system have. */
export const requestsJson = (requests: readonly ServiceRequest[]): string =>
  JSON.stringify(
    requests.map((of) => ({
      service_request_id: of.id,
      status: of.state,
      status_notes: of.notes,
      service_name: of.serviceName,
      service_code: of.serviceCode,
      description: of.description,
      agency_responsible: of.agency,
      service_notice: null,
      requested_datetime: beijingDateTime(of.requestedAtMs),
      updated_datetime: beijingDateTime(of.updatedAtMs),
      expected_datetime: beijingDateTime(of.expectedAtMs),
      address: of.address,
      lat: of.at[1],
      long: of.at[0],
    })),
  );
