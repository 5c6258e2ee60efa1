'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import type { Role } from '@/server/domain/role.ts';

export type DemoAccount = { account: string; password: string; name: string; role: Role };

/** Demo data only: the server names these accounts, and none of them exists elsewhere. */
export function DemoAccounts({
  accounts,
  onUse,
}: {
  accounts: readonly DemoAccount[];
  onUse: (account: DemoAccount) => void;
}) {
  const t = useTranslations();
  const words = useCodeWords();
  /** Ten liaisons differ by their department, which their account is named after. */
  const titleOf = ({ role, account }: DemoAccount) =>
    role === 'liaison'
      ? `${t(`domain.role.${role}`)} · ${words.department(account.replace(/^liaison-/, ''))}`
      : t(`domain.role.${role}`);
  return (
    <section aria-labelledby="demo-accounts" className="mt-4">
      <h2 id="demo-accounts" className="mb-1.5 text-xs font-medium text-ink-faint">
        {t('signIn.demoAccounts')}
      </h2>
      <ul className="grid grid-cols-2 gap-1.5">
        {accounts.map((account) => (
          <li key={account.account}>
            <Button
              className="h-auto w-full justify-start px-2.5 py-1.5 text-start"
              aria-label={t('signIn.demoUse', { account: `${titleOf(account)} ${account.account}` })}
              onClick={() => onUse(account)}
            >
              <span className="min-w-0">
                <span className="block text-sm whitespace-normal">{titleOf(account)}</span>
                <span className="block text-2xs font-normal break-all whitespace-normal text-ink-faint">
                  {account.account}
                </span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
