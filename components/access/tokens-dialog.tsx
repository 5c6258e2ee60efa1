'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { FormRefusal } from '@/components/shell/form-refusal.tsx';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Failed, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';

/** Only these ask for a token; as `listedFeed` writes an address. */
const takesToken = /^(http|mqtt) /;

/** Tokens of machines that push: one source each, shown once, taken back at any time. */
export function TokensDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const trpc = useTRPC();
  const feeds = useRecords((records) => records.all('feed'));
  const tokens = useQuery(trpc.token.list.queryOptions());
  const again = () => void tokens.refetch();
  const issue = useMutation(trpc.token.issue.mutationOptions({ onSuccess: again }));
  const revoke = useMutation(trpc.token.revoke.mutationOptions({ onSuccess: again }));
  const [feed, setFeed] = useState<string | null>(null);
  const [name, setName] = useState('');
  const sources = Array.from(feeds.values(), ({ body }) => body)
    .filter(({ address }) => takesToken.test(address))
    .sort((one, other) => one.id.localeCompare(other.id));
  const made = issue.data && 'token' in issue.data ? issue.data.token : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (feed && name.trim() && !issue.isPending) issue.mutate({ feed, name: name.trim() });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('access.tokens.title')}
      description={t('access.tokens.hint')}
      size="lg"
    >
      <form onSubmit={submit} className="mb-3 grid grid-cols-[2fr_1fr_auto] items-end gap-3">
        <Field label={t('access.tokens.feed')} required>
          <Select
            value={feed}
            onValueChange={setFeed}
            placeholder={t('access.tokens.choose')}
            choices={sources.map(({ id, title }) => ({ value: id, label: `${title} (${id})` }))}
          />
        </Field>
        <Field label={t('access.tokens.name')} required>
          <Input maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" look="primary" disabled={!feed || !name.trim() || issue.isPending}>
          {t('access.tokens.issue')}
        </Button>
      </form>
      <FormRefusal error={issue.error ?? revoke.error} />
      {made ? (
        <p role="status" className="mb-3 rounded-md border border-line bg-raised px-3 py-2 text-sm">
          {t('access.tokens.once')}
          <code className="mt-1 block select-all break-all font-mono">{made}</code>
        </p>
      ) : null}
      {tokens.data ? (
        <Table>
          <thead>
            <tr>
              <Th>{t('access.tokens.feed')}</Th>
              <Th>{t('access.tokens.name')}</Th>
              <Th>{t('access.department')}</Th>
              <Th>{t('access.created')}</Th>
              <Th>{t('access.tokens.seen')}</Th>
              <Th>
                <span className="sr-only">{t('access.tokens.revoke')}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {tokens.data.map((one) => (
              <Tr key={one.id}>
                <Td className="font-mono text-xs">{one.feed}</Td>
                <Td>{one.name}</Td>
                <Td>{words.department(one.department) || t('ui.none')}</Td>
                <Td className="figures">{formats.dateTime(one.createdAt)}</Td>
                <Td className="figures">{one.seenAt === null ? t('ui.none') : formats.dateTime(one.seenAt)}</Td>
                <Td className="text-end">
                  <Button
                    size="sm"
                    aria-label={t('access.tokens.revokeOf', { name: `${one.feed} ${one.name}` })}
                    disabled={revoke.isPending}
                    onClick={() => revoke.mutate({ id: one.id })}
                  >
                    {t('access.tokens.revoke')}
                  </Button>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : tokens.isError ? (
        <Failed onRetry={again} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}
