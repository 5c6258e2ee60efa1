import { getTranslations } from 'next-intl/server';
import { Console } from '@/components/console/console.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('console') };
}

export default function ConsolePage() {
  return <Console />;
}
