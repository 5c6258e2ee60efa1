'use client';
import { Ellipsis } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ChordKeys } from '@/components/shell/keyboard-help.tsx';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuRow } from '@/components/ui/menu.tsx';
import { Tooltip } from '@/components/ui/tooltip.tsx';
import type { Refused } from '@/server/domain/refusal.ts';
import { mainMoves, type PersonMove, type PossibleMove } from './possible-moves.ts';

/** One letter a move; printed on the buttons and in the overlay. */
export const moveChords: Partial<Record<PersonMove, string>> = {
  claim: 'a',
  file: 'f',
  dispatch: 'd',
  control: 'k',
  report: 'r',
  confirm: 'v',
  sendBack: 'b',
  close: 'c',
  evaluate: 'e',
};

export type IncidentActionsProps = {
  moves: readonly PossibleMove[];
  /** The step that the state of the work calls for, before the usual order. */
  suggested: PersonMove | null;
  busy: boolean;
  onMove: (move: PersonMove) => void;
  /** The incident, once it can be looked back on. */
  review: string | null;
};

/** The next steps as buttons, the rest in a menu; what cannot be done now says why. */
export function IncidentActions({ moves, suggested, busy, onMove, review }: IncidentActionsProps) {
  const t = useTranslations();
  const words = useRefusalWords();
  const why = (refusal: Refused | null) => (refusal ? words(refusal).text : undefined);
  const main = mainMoves.flatMap((name) => moves.find((one) => one.move === name) ?? []);
  // What the role never may is no choice of this person; what only the state forbids stays, with its reason.
  const side = moves.filter((one) => !mainMoves.includes(one.move) && one.why?.refused !== 'not_allowed');
  const possible = main.filter((one) => one.why === null);
  const first = possible.find((one) => one.move === suggested) ?? possible[0];
  if (main.length + side.length === 0 && !review) return null;
  return (
    <div className="flex shrink-0 items-center gap-1.5 border-t border-line bg-panel px-3 py-2">
      {main.map(({ move, why: refusal }) => {
        const chord = moveChords[move];
        const button = (
          <Button
            key={move}
            data-next={first?.move === move || undefined}
            look={first?.move === move ? 'primary' : 'plain'}
            aria-disabled={refusal !== null || busy}
            onClick={() => refusal === null && !busy && onMove(move)}
          >
            {t(`domain.move.${move}`)}
            {chord ? (
              <span aria-hidden className="text-2xs opacity-75">
                {chord.toUpperCase()}
              </span>
            ) : null}
          </Button>
        );
        return refusal ? (
          <Tooltip key={move} side="top" text={why(refusal)}>
            {button}
          </Tooltip>
        ) : (
          button
        );
      })}
      {review ? (
        <Button asChild look={first ? 'plain' : 'primary'}>
          <Link href={`/review/${encodeURIComponent(review)}`}>{t('console.gone.review')}</Link>
        </Button>
      ) : null}
      {side.length ? (
        <Menu
          label={t('incident.moreMoves')}
          trigger={
            <Button look="quiet" size="icon" className="ms-auto" aria-label={t('incident.moreMoves')}>
              <Ellipsis />
            </Button>
          }
        >
          {side.map(({ move, why: refusal }) => (
            <MenuRow key={move} disabled={refusal !== null || busy} title={why(refusal)} onSelect={() => onMove(move)}>
              <span className="flex-1">
                {t(`domain.move.${move}`)}
                {refusal ? <span className="block text-2xs text-ink-faint">{why(refusal)}</span> : null}
              </span>
              {moveChords[move] ? <ChordKeys chord={moveChords[move]} /> : null}
            </MenuRow>
          ))}
        </Menu>
      ) : null}
    </div>
  );
}
