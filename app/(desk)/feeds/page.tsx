import { getTranslations } from 'next-intl/server';
import { Feeds } from '@/components/feeds/feeds.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('feeds') };
}

export default function FeedsPage() {
  return <Feeds />;
}
