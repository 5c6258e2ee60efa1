import { getTranslations } from 'next-intl/server';
import { Units } from '@/components/units/units.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('units') };
}

export default function UnitsPage() {
  return <Units />;
}
