import { getTranslations } from 'next-intl/server';
import { Plans } from '@/components/plans/plans.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('plans') };
}

export default function PlansPage() {
  return <Plans />;
}
