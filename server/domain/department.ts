/** The two lists of the regulation: connected (Art. 17) and stationed at the command centre (Art. 18). Kept as two lists. */
export const connectedDepartments = [
  'police',
  'ecology',
  'transport',
  'water',
  'urban-management',
  'culture-tourism',
  'health',
  'emergency-management',
  'market-regulation',
  'meteorology',
  'fire',
] as const;

export const stationedDepartments = [
  'police',
  'ecology',
  'transport',
  'water',
  'urban-management',
  'culture-tourism',
  'health',
  'emergency-management',
  'market-regulation',
  'fire',
] as const;

export type ConnectedDepartment = (typeof connectedDepartments)[number];
