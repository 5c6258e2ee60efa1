import AxeBuilder from '@axe-core/playwright';
import { expect as check, type Page } from '@playwright/test';
import { screens } from '../actions/screens.ts';
import { enter } from '../fixtures/operator.ts';
import { type Scene, setScene } from '../fixtures/scene.ts';
import { test } from '../fixtures/test.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const themes = ['light', 'dim', 'dark'] as const;
let scene: Scene;

test.beforeAll(async ({ server }) => {
  scene = await setScene(server);
});

/** As the menu does it; only colours change with the theme. */
async function wearTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
    window.dispatchEvent(new Event('one-network-theme'));
  }, theme);
}

async function violations(page: Page, colourOnly: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations: found } = await (colourOnly ? axe.withRules(['color-contrast']) : axe.withTags(wcag)).analyze();
  return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${node.failureSummary ?? ''}`));
}

for (const locale of ['zh-CN', 'en'] as const)
  test(`no violation of WCAG 2.2 AA on any screen, in three themes (${locale})`, async ({ browser, server }) => {
    test.setTimeout(300_000);
    const pages = new Map<string | null, Page>();
    for (const { name, account, open, close } of screens)
      await test.step(name, async () => {
        let page = pages.get(account);
        if (!page) {
          const context = await browser.newContext({ baseURL: server.url });
          await context.addCookies([{ name: 'locale', value: locale, url: server.url }]);
          if (account) await enter(context, server, account);
          page = await context.newPage();
          pages.set(account, page);
        }
        await open(page, scene);
        check(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
        // A colour on its way to another is not what is judged.
        await page.addStyleTag({
          content: '*, ::before, ::after { transition: none !important; animation: none !important }',
        });
        for (const [index, theme] of themes.entries()) {
          await wearTheme(page, theme);
          check.soft(await violations(page, index > 0), `${name} ${locale} ${theme}`).toEqual([]);
        }
        await close?.(page);
      });
    await Promise.all([...pages.values()].map((page) => page.context().close()));
  });
