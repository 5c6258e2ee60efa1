import { getTranslations } from 'next-intl/server';
import { ReviewList } from '@/components/review/review-list.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('review') };
}

export default function ReviewListPage() {
  return <ReviewList />;
}
