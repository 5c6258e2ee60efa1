import { getTranslations } from 'next-intl/server';
import { Accounts } from '@/components/access/accounts.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('accounts') };
}

export default function AccountsPage() {
  return <Accounts />;
}
