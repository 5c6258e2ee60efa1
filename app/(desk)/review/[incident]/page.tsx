import { getTranslations } from 'next-intl/server';
import { Review } from '@/components/review/review.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('nav'))('review') };
}

export default async function ReviewPage({ params }: { params: Promise<{ incident: string }> }) {
  return <Review incident={decodeURIComponent((await params).incident)} />;
}
