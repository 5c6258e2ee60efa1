/** What a table holds under a word from a message; never what every object inherits (`constructor`, `toString`). */
export const entryOf = <Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
