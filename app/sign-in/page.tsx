import { getTranslations } from 'next-intl/server';
import { SignIn } from '@/components/shell/sign-in.tsx';

export async function generateMetadata() {
  return { title: (await getTranslations('signIn'))('title') };
}

export default function SignInPage() {
  return <SignIn />;
}
