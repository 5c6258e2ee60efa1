'use client';
import { useMutation } from '@tanstack/react-query';
import { ChevronDown, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuLine, MenuRow, MenuTitle } from '@/components/ui/menu.tsx';
import { toast } from '@/components/ui/toast.tsx';
import { useSigned } from './session-gate.tsx';
import { useTRPC } from './trpc.ts';
import { useCodeWords } from './use-code-words.ts';

export function AccountMenu() {
  const { actor } = useSigned();
  const t = useTranslations();
  const codes = useCodeWords();
  const trpc = useTRPC();
  const signOut = useMutation(
    trpc.session.signOut.mutationOptions({
      // By a whole new page: nothing of what was seen stays in memory.
      onSuccess: () => {
        sessionStorage.clear();
        location.replace('/sign-in');
      },
      onError: () => toast.error(t('shell.offlineApi')),
    }),
  );
  const role = actor.roles[0];
  return (
    <Menu
      label={t('shell.account', { name: actor.name })}
      trigger={
        <Button look="quiet" size="sm" aria-label={t('shell.account', { name: actor.name })} className="max-w-44">
          <span className="truncate text-ink">{actor.name}</span>
          <ChevronDown className="text-ink-faint" />
        </Button>
      }
    >
      <MenuTitle>
        <span className="block text-sm font-medium text-ink">{actor.name}</span>
        {[role ? t(`domain.role.${role}`) : null, codes.department(actor.department)].filter(Boolean).join(' · ')}
      </MenuTitle>
      <MenuLine />
      <MenuRow onSelect={() => signOut.mutate()} disabled={signOut.isPending}>
        <LogOut className="size-4 text-ink-faint" aria-hidden />
        {t('shell.signOut')}
      </MenuRow>
    </Menu>
  );
}
