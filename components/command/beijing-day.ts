/** The day in an incident's number: by the city's clock (UTC+8). */
export const beijingDay = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
