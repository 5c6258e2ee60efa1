'use client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { type Answers, useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { may } from '@/server/domain/policy.ts';
import { AccountDialog } from './account-dialog.tsx';
import { TokensDialog } from './tokens-dialog.tsx';

export type Account = Answers['account']['list'][number];

/** Who may enter, and as what. Accounts are disabled, never deleted: the log names them. */
export function Accounts() {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const trpc = useTRPC();
  const { actor } = useSigned();
  const mayManage = may(actor, 'account.manage');
  const accounts = useQuery(trpc.account.list.queryOptions(undefined, { enabled: mayManage }));
  const [text, setText] = useState('');
  const [editing, setEditing] = useState<Account | 'new' | null>(null);
  const [tokens, setTokens] = useState(false);
  if (!mayManage) return <Empty title={t('refusal.not_allowed')} className="flex-1" />;
  const asked = text.normalize('NFKC').toLowerCase().trim();
  const rows = (accounts.data ?? []).filter((one) => `${one.login} ${one.name}`.toLowerCase().includes(asked));
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex shrink-0 items-center gap-3 border-b border-line px-4 py-2">
        <h1 className="text-base font-semibold">{t('nav.accounts')}</h1>
        <Input
          type="search"
          className="max-w-72"
          aria-label={t('access.search')}
          placeholder={t('access.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button className="ms-auto" onClick={() => setTokens(true)}>
          <KeyRound aria-hidden />
          {t('access.tokens.title')}
        </Button>
        <Button look="primary" onClick={() => setEditing('new')}>
          <Plus aria-hidden />
          {t('access.new')}
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-auto px-4 pb-4">
        {accounts.data ? (
          <Table>
            <thead className="sticky top-0 z-10">
              <tr>
                <Th>{t('access.login')}</Th>
                <Th>{t('access.name')}</Th>
                <Th>{t('access.roles')}</Th>
                <Th>{t('access.scope')}</Th>
                <Th>{t('access.created')}</Th>
                <Th>{t('access.state')}</Th>
                <Th>
                  <span className="sr-only">{t('access.change')}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <Tr key={one.id} className={one.disabled ? 'text-ink-faint' : undefined}>
                  <Td className="figures">{one.login}</Td>
                  <Td className="font-medium">{one.name}</Td>
                  <Td>{one.roles.map((role) => t(`domain.role.${role}`)).join('、')}</Td>
                  <Td>
                    {[words.department(one.department), one.district].filter(Boolean).join(' · ') || t('ui.none')}
                  </Td>
                  <Td className="figures">{formats.dateTime(one.createdAt)}</Td>
                  <Td>
                    <span className="inline-flex gap-1">
                      <Badge tone={one.disabled ? 'caution' : 'neutral'}>
                        {t(one.disabled ? 'access.disabled' : 'access.active')}
                      </Badge>
                      {one.demo ? <Badge>{t('app.demo')}</Badge> : null}
                    </span>
                  </Td>
                  <Td className="text-end">
                    <Button
                      size="sm"
                      aria-label={t('access.changeOf', { name: one.name })}
                      onClick={() => setEditing(one)}
                    >
                      {t('access.change')}
                    </Button>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        ) : accounts.isError ? (
          <Failed onRetry={() => void accounts.refetch()} />
        ) : (
          <Loading />
        )}
      </div>
      {tokens ? <TokensDialog onClose={() => setTokens(false)} /> : null}
      {editing ? (
        <AccountDialog
          account={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={() => {
            setEditing(null);
            void accounts.refetch();
          }}
        />
      ) : null}
    </div>
  );
}
