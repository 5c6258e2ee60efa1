import { getTranslations } from 'next-intl/server';
import { StationPage } from '@/components/stations/station-page.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('stations') };
}

export default async function OneStationPage({ params }: { params: Promise<{ station: string }> }) {
  return <StationPage station={decodeURIComponent((await params).station)} />;
}
