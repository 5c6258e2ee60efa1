'use client';
import { SlidersHorizontal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { Menu, MenuChoice, MenuLine } from '@/components/ui/menu.tsx';
import { keepCookie, type Locale, localeCookie, type Theme, themeChanged, themeCookie, themes } from './preferences.ts';
import { useVolume } from './sound-desk.tsx';
import { keepVolume, volumes } from './sound-settings.ts';
import { useTheme } from './use-theme.ts';

export function PreferencesMenu() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const theme = useTheme();
  const volume = useVolume();

  function chooseTheme(next: Theme) {
    keepCookie(themeCookie, next);
    document.documentElement.dataset.theme = next;
    window.dispatchEvent(new Event(themeChanged));
  }
  function chooseLocale(next: Locale) {
    keepCookie(localeCookie, next);
    router.refresh();
  }

  return (
    <Menu
      label={t('preferences')}
      trigger={
        <Button look="quiet" size="icon-sm" aria-label={t('preferences')}>
          <SlidersHorizontal />
        </Button>
      }
    >
      <MenuChoice
        label={t('theme')}
        value={theme}
        onValueChange={chooseTheme}
        choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
      />
      <MenuLine />
      <MenuChoice
        label={t('sound.volume')}
        value={volume}
        onValueChange={keepVolume}
        choices={volumes.map((value) => ({ value, label: t(`sound.volumes.${value}`) }))}
      />
      <MenuLine />
      <MenuChoice
        label={t('language')}
        value={locale}
        onValueChange={chooseLocale}
        choices={[
          { value: 'zh-CN', label: <span lang="zh-CN">简体中文</span> },
          { value: 'en', label: <span lang="en">English</span> },
        ]}
      />
    </Menu>
  );
}
