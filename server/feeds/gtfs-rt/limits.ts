/** What one document may cost. The largest known feeds of a whole country stay well below. */
export const limits = {
  documentBytes: 16 * 1024 * 1024,
  entities: 50_000,
  /** Of one repeated field (stops of a trip, entities of an alert). */
  repeated: 5_000,
  textBytes: 64 * 1024,
  groupDepth: 16,
  idLength: 200,
} as const;
