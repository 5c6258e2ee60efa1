/** Sixteen bytes a row, as terminals print them; `mark` is where the reader stopped. */
export type HexRow = {
  readonly offset: number;
  readonly bytes: readonly { readonly hex: string; readonly char: string; readonly marked: boolean }[];
};

const perRow = 16;
const printable = (code: number) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·');

export function hexRows(hex: string, mark: number | null): HexRow[] {
  const rows: HexRow[] = [];
  for (let offset = 0; offset * 2 < hex.length; offset += perRow) {
    const pairs = hex.slice(offset * 2, (offset + perRow) * 2).match(/../g) ?? [];
    rows.push({
      offset,
      bytes: pairs.map((pair, index) => ({
        hex: pair,
        char: printable(Number.parseInt(pair, 16)),
        marked: mark === offset + index,
      })),
    });
  }
  return rows;
}
