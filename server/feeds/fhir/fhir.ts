import type { Protocol } from '../contract.ts';
import { decode, maxFrameBytes } from './decode.ts';
import { map } from './map.ts';
import type { FhirDocument } from './message.ts';
import { type FhirOptions, fhirOptions } from './options.ts';

export const fhir: Protocol<FhirDocument, FhirOptions> = {
  id: 'fhir',
  title: 'FHIR R4 capacity, and its table',
  standard: 'HL7 FHIR R4 (4.0.1) MeasureReport, Location, Bundle; SANER codes; RFC 4180 tables of the same counts',
  transports: ['http-push', 'http-poll'],
  options: fhirOptions,
  crs: 'wgs84',
  maxFrameBytes,
  frame: (buffer) => ({ frames: buffer.length === 0 ? [] : [buffer], rest: new Uint8Array(0), noise: 0 }),
  decode,
  map,
};
