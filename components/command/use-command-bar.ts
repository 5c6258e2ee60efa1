'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { toast } from '@/components/ui/toast.tsx';
import { wasRefused } from '@/server/domain/refusal.ts';
import { type Act, staysOnScreen } from './act.ts';
import { actOf } from './act-of.ts';
import type { Lexicon } from './lexicon.ts';
import { keyOf } from './meant.ts';
import { previewOf } from './preview.ts';
import { refusalOf } from './ready.ts';
import { understand } from './understand.ts';
import type { Choice } from './understood.ts';
import { undoneTooLate, undoOf, undoWithinMs } from './undo.ts';
import { useAct } from './use-act.ts';

export type Screen = {
  readonly onShow: (key: string) => void;
  readonly onFind: (unit: string) => void;
  readonly onNew: () => void;
  readonly onEdit: (incident: string) => void;
};

/** What the bar says under the line. `ready` alone lets Enter act. */
export type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'trouble'; readonly words: string }
  | { readonly kind: 'ask'; readonly words: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'refused'; readonly preview: string; readonly words: string }
  | { readonly kind: 'ready'; readonly key: string; readonly preview: string; readonly implied: string };

type Done = { readonly what: string; readonly acts: readonly Act[]; readonly at: number };
type Run = { readonly acts: readonly Act[]; readonly what: string; readonly before: Lexicon['world'] | null };

export function useCommandBar(lexicon: Lexicon, screen: Screen) {
  const t = useTranslations('commandBar');
  const words = useRefusalWords();
  const router = useRouter();
  const act = useAct();
  const [done, setDone] = useState<readonly Done[]>([]);
  const running = useRef<Run | null>(null);
  const command = useCommand<{ acts: readonly Act[] }, unknown>(
    async ({ acts, commandId }) => {
      const answers: unknown[] = [];
      // Ids of the parts follow from the first, so that a retry of the whole repeats none of them.
      for (const [index, one] of acts.entries())
        answers.push(await act(one, index === 0 ? commandId : `${commandId}.${index}`));
      return answers[0];
    },
    {
      onSaved: (answer) => {
        const ran = running.current;
        if (!ran) return;
        const [first] = ran.acts;
        if (ran.before === null) {
          setDone((held) => held.slice(0, -1));
          toast.success(t('undone', { what: ran.what }));
          return;
        }
        const back = first ? undoOf(first, ran.before, answer, t('undoReason')) : null;
        if (back) setDone((held) => [...held, { what: ran.what, acts: back, at: Date.now() }].slice(-20));
        toast.success(t('done', { what: ran.what }));
        if (first?.call === 'claimSignal') screen.onShow(`incident/${first.incident}`);
      },
    },
  );

  const shownOf = useCallback(
    (line: string): Shown => {
      const read = understand(line, lexicon);
      if (read.kind === 'nothing') return read;
      if (read.kind === 'trouble') {
        const { trouble } = read;
        const named = (slots: readonly string[]) => slots.map((slot) => t(`slot.${slot as 'unit'}`)).join('、');
        return {
          kind: 'trouble',
          words: t(`trouble.${trouble.code}`, {
            token: 'token' in trouble ? trouble.token : '',
            slots: 'slots' in trouble ? named(trouble.slots) : '',
          }),
        };
      }
      if (read.kind === 'ask') {
        const asked =
          read.about === '→' ? t('askDirection') : read.about ? t('ask', { about: read.about }) : t('askIncident');
        return { kind: 'ask', words: asked, choices: read.choices };
      }
      const { meant, verb } = read;
      if (verb.id === 'undo') {
        const last = done.at(-1);
        const fresh = last && Date.now() - last.at < undoWithinMs ? last : null;
        const preview = t('verb.undo');
        if (!fresh) return { kind: 'refused', preview, words: t('nothingToUndo') };
        if (undoneTooLate(fresh.acts, lexicon.world)) return { kind: 'refused', preview, words: t('undoTooLate') };
        return { kind: 'ready', key: `undo ${fresh.at}`, preview: t('undo', { what: fresh.what }), implied: '' };
      }
      const preview = previewOf(meant, lexicon, t(`verb.${verb.id as 'send'}`));
      const refusal = refusalOf(meant, lexicon.world);
      if (refusal) return { kind: 'refused', preview, words: words(refusal).text };
      const implied = meant.implied.map((slot) => t(`slot.${slot}`)).join('、');
      return { kind: 'ready', key: keyOf(meant), preview, implied };
    },
    [lexicon, t, words, done],
  );

  /** True when it went off. `shown` is what the operator has read: anything else is not carried out. */
  function run(line: string, shown: Shown): boolean {
    if (shown.kind !== 'ready' || command.busy) return false;
    const now = shownOf(line);
    if (now.kind !== 'ready' || now.key !== shown.key || now.preview !== shown.preview) return false;
    const read = understand(line, lexicon);
    if (read.kind !== 'command') return false;
    if (read.meant.verb === 'undo') {
      const last = done.at(-1);
      if (!last) return false;
      running.current = { acts: last.acts, what: last.what, before: null };
      command.run({ acts: last.acts });
      return true;
    }
    const made = actOf(read.meant, { world: lexicon.world, newId });
    if (wasRefused(made)) return false;
    if (staysOnScreen(made)) {
      if (made.call === 'show') screen.onShow(made.key);
      else if (made.call === 'find') screen.onFind(made.unit);
      else if (made.call === 'new') screen.onNew();
      else if (made.call === 'edit') screen.onEdit(made.incident);
      else if (made.call === 'page') router.push(made.path);
      return true;
    }
    running.current = { acts: [made], what: shown.preview, before: lexicon.world };
    command.run({ acts: [made] });
    return true;
  }

  return { shownOf, run, busy: command.busy };
}
