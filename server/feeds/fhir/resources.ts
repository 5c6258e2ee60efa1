/** What is there, what is in use and what is free of one kind, by the codes that reports count under. */
export type ResourceCodes = {
  readonly resource: string;
  readonly total?: string;
  readonly used?: string;
  readonly free?: string;
};

/** Codes of SANER (HL7) and of the tables of the same counts. Only what can be filled up is a capacity; patients are none. */
export const resources: readonly ResourceCodes[] = [
  { resource: 'hospital-bed', total: 'numTotBeds', used: 'numTotBedsOcc', free: 'numTotBedsAvail' },
  { resource: 'inpatient-bed', total: 'numbeds', used: 'numBedsOcc', free: 'numBedsAvail' },
  { resource: 'icu-bed', total: 'numICUBeds', used: 'numICUBedsOcc', free: 'numICUBedsAvail' },
  { resource: 'nicu-bed', total: 'numNICUBeds', used: 'numNICUBedsOcc', free: 'numNICUBedsAvail' },
  { resource: 'emergency-bed', total: 'numEDBeds', used: 'numEDBedsOcc', free: 'numEDBedsAvail' },
  { resource: 'isolation-bed', total: 'numIsoBeds', used: 'numIsoBedsOcc', free: 'numIsoBedsAvail' },
  { resource: 'ventilator', total: 'numVent', used: 'numVentUse', free: 'numVentAvail' },
];
