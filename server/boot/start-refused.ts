/** Why the server does not start, in words for whoever started it, and what to do. No stack trace. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  constructor(
    message: string,
    readonly advice: string = '',
  ) {
    super(message);
  }
}
