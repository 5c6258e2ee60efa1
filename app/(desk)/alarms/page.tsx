import { getTranslations } from 'next-intl/server';
import { Alarms } from '@/components/alarms/alarms.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('alarms') };
}

export default function AlarmsPage() {
  return <Alarms />;
}
