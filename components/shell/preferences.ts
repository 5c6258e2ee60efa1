/** Choices that a browser keeps by cookie, so that the first paint is right already. */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
export const themes = ['light', 'dim', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const localeCookie = 'locale';
export const themeCookie = 'theme';

/** Told on the window when the operator chooses another theme: a map or a chart has to draw again. */
export const themeChanged = 'one-network-theme';

const oneOf = <T extends string>(values: readonly T[], value: string | undefined, fallback: T): T =>
  values.find((known) => known === value) ?? fallback;

export const readLocale = (value: string | undefined): Locale => oneOf(locales, value, 'zh-CN');
/** Command centres are dim rooms. */
export const readTheme = (value: string | undefined): Theme => oneOf(themes, value, 'dim');

export function keepCookie(name: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing outside secure contexts
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}
