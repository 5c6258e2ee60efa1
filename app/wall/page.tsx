import { getTranslations } from 'next-intl/server';
import { Wall } from '@/components/wall/wall.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('wall') };
}

export default function WallPage() {
  return <Wall />;
}
