/**
 * The assignment problem, solved exactly: each row gets a column of its own so that the sum of costs is least (Kuhn 1955; shortest augmenting
 * paths with potentials, Jonker and Volgenant 1987), in O(rows² × columns). `costs[row * columns + column]`; `Infinity`: never.
 * A row that no column can serve stays empty (-1). What an empty row weighs comes before any cost: with equal weights as many rows as can be are
 * served; a row that weighs more than all others together is never left for them.
 */
export function assign(costs: Float64Array, rows: number, columns: number, weights?: Float64Array): Int32Array {
  const answer = new Int32Array(rows).fill(-1);
  if (rows === 0) return answer;
  // Every row has a way out of its own that costs more than all others together.
  let most = 0;
  for (const cost of costs) if (Number.isFinite(cost) && Math.abs(cost) > most) most = Math.abs(cost);
  const empty = (most + 1) * (rows + 1) * 2;
  const emptyOf = (row: number): number => empty * (weights?.[row] ?? 1);
  const width = columns + rows;
  const costOf = (row: number, column: number): number =>
    column < columns ? (costs[row * columns + column] ?? Infinity) : column - columns === row ? emptyOf(row) : Infinity;

  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(width);
  const rowOf = new Int32Array(width).fill(-1);
  const least = new Float64Array(width);
  const from = new Int32Array(width);
  const reached = new Uint8Array(width);

  for (let start = 0; start < rows; start++) {
    least.fill(Infinity);
    reached.fill(0);
    from.fill(-1);
    let row = start;
    let column = -1;
    for (;;) {
      let next = -1;
      let delta = Infinity;
      for (let to = 0; to < width; to++) {
        if (reached[to]) continue;
        const slack = costOf(row, to) - (rowPotential[row] ?? 0) - (columnPotential[to] ?? 0);
        if (slack < (least[to] ?? Infinity)) {
          least[to] = slack;
          from[to] = column;
        }
        const held = least[to] ?? Infinity;
        if (held < delta) {
          delta = held;
          next = to;
        }
      }
      rowPotential[start] = (rowPotential[start] ?? 0) + delta;
      for (let to = 0; to < width; to++) {
        if (!reached[to]) {
          least[to] = (least[to] ?? 0) - delta;
          continue;
        }
        const taken = rowOf[to] ?? -1;
        rowPotential[taken] = (rowPotential[taken] ?? 0) + delta;
        columnPotential[to] = (columnPotential[to] ?? 0) - delta;
      }
      reached[next] = 1;
      column = next;
      row = rowOf[next] ?? -1;
      if (row === -1) break;
    }
    while (column !== -1) {
      const before = from[column] ?? -1;
      rowOf[column] = before === -1 ? start : (rowOf[before] ?? -1);
      column = before;
    }
  }
  for (let column = 0; column < columns; column++) {
    const row = rowOf[column] ?? -1;
    if (row !== -1) answer[row] = column;
  }
  return answer;
}
