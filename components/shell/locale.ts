import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { localeCookie, readLocale } from './preferences.ts';

/** The language is the operator's, not the address's: by cookie, zh-CN first. Beijing time everywhere. */
export default getRequestConfig(async () => {
  const locale = readLocale((await cookies()).get(localeCookie)?.value);
  const messages = (await import(`../../messages/${locale}.json`)).default;
  return { locale, messages, timeZone: 'Asia/Shanghai', now: new Date() };
});
