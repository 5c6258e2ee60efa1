const mib = 1024 * 1024;

/** What one archive may cost; a timetable of a city of ten million takes about a third of it. */
export const limits = {
  archiveBytes: 64 * mib,
  entries: 500,
  fileBytes: 192 * mib,
  totalBytes: 320 * mib,
  /** Text of this kind shrinks to a tenth, a bomb to a thousandth. */
  ratio: 200,
  /** Rows of all files together: they are read in one go. */
  rows: 3_000_000,
  columns: 100,
  rowChars: 64 * 1024,
  idLength: 200,
  /** More are counted and no longer told one by one. */
  refusals: 500,
} as const;
