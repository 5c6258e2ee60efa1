import { getTranslations } from 'next-intl/server';
import { Stations } from '@/components/stations/stations.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('stations') };
}

export default function StationsPage() {
  return <Stations />;
}
