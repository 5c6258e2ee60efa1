/**
 * A wall is read by everybody in the room: the place as the street knows it, without the door somebody lives behind and without
 * numbers that could be a telephone's.
 */
export function publicPlace(text: string): string {
  return text
    .replace(/\d[\d\s-]{6,}\d/g, '')
    .replace(/\s*\d+\s*(?:号楼|栋|幢|座|单元|室|层|楼).*$/u, '')
    .replace(/,?\s*(?:apt|apartment|room|flat|unit)\.?\s*\S+.*$/i, '')
    .trim();
}
