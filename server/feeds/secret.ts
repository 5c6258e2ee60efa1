/**
 * A password that a message carried, held only until the reply that must repeat it is written. It cannot be printed, logged, copied
 * or serialised: `#text` is out of reach for all of them.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For the reply to its own sender, nothing else. */
  reveal(): string {
    return this.#text;
  }

  toJSON(): undefined {
    return undefined;
  }
}
