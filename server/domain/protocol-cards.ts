import type { ProtocolCard } from './protocol-card.ts';
import { accidentCards } from './protocol-cards-accident.ts';
import { cityCards } from './protocol-cards-city.ts';

/** Cards [prov], versioned data. */
export const protocolCardsVersion = '2026-11';
export const protocolCards: readonly ProtocolCard[] = [...accidentCards, ...cityCards];

const nearness = (kind: string, card: ProtocolCard): number =>
  Math.max(0, ...card.kinds.filter((code) => kind === code || kind.startsWith(`${code}.`)).map((code) => code.length));

/** The card whose kind is named most exactly; null where there is none. */
export function cardFor(kind: string | null): ProtocolCard | null {
  if (kind === null) return null;
  const best = protocolCards.reduce<ProtocolCard | null>(
    (held, card) => (nearness(kind, card) > (held ? nearness(kind, held) : 0) ? card : held),
    null,
  );
  return best;
}
