/** Whoever read along has gone (a closed terminal, a pipe that broke): that is no reason for a city to stop. */
export function outliveListeners(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
