import { getTranslations } from 'next-intl/server';
import { Stationing } from '@/components/stationing/stationing.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('stationing') };
}

export default function StationingPage() {
  return <Stationing />;
}
