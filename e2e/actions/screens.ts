import { expect, type Page } from '@playwright/test';
import type { Scene } from '../fixtures/scene.ts';

/** Every screen in the state worth looking at, reached alike in both languages: by address, roles and keys. */
export type Screen = {
  readonly name: string;
  /** Null: before signing in. */
  readonly account: string | null;
  open(page: Page, scene: Scene): Promise<void>;
  /** Back to what was there before, where the screen is something opened over another. */
  close?(page: Page): Promise<void>;
};

const leave = (page: Page) => page.keyboard.press('Escape');
const records = (page: Page) => expect(page.getByRole('option').first()).toBeVisible({ timeout: 30_000 });
/** Drawn, with everything it asked for. */
const map = async (page: Page) => {
  await expect(page.getByRole('region', { name: /地图|map/i }).first()).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState('networkidle');
};
/** One load serves all that is opened from it. */
const openIncident = async (page: Page, scene: Scene) => {
  if (!page.url().includes(scene.open)) await page.goto(`/?open=incident/${scene.open}`);
  await records(page);
  await expect(page.getByRole('heading', { level: 2, name: /应天大街/ })).toBeVisible();
  await map(page);
};

export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    account: null,
    open: async (page) => {
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: /operator1/ })).toBeVisible();
    },
  },
  { name: 'console', account: 'chief', open: openIncident },
  {
    name: 'console-orders',
    account: 'chief',
    open: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('o');
      await expect(page.getByRole('tabpanel').getByText('巡1201')).toBeVisible();
    },
  },
  {
    name: 'filing',
    account: 'chief',
    close: leave,
    open: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('n');
      await expect(page.getByRole('form').getByRole('combobox').first()).toBeVisible();
    },
  },
  {
    name: 'dispatch',
    account: 'chief',
    close: leave,
    open: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('d');
      await expect(page.getByRole('complementary').getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'keyboard-help',
    account: 'chief',
    close: leave,
    open: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('Shift+?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'layers',
    account: 'chief',
    close: leave,
    open: async (page, scene) => {
      await openIncident(page, scene);
      await page.keyboard.press('l');
      await expect(page.getByRole('dialog').getByRole('checkbox').nth(12)).toBeVisible();
    },
  },
  {
    name: 'stations-beside-map',
    account: 'chief',
    open: async (page) => {
      await page.goto('/?open=list/river-level');
      // The scene's level, or what the simulator has measured since.
      await expect(
        page.getByRole('complementary').getByRole('option').filter({ hasText: /\d m/ }).first(),
      ).toBeVisible();
    },
  },
  {
    name: 'station-beside-map',
    account: 'chief',
    open: async (page) => {
      await page.goto('/?open=station/water-level/下关水位站');
      await expect(page.getByRole('complementary').getByText(/\d m$/).first()).toBeVisible();
    },
  },
  {
    name: 'feeds',
    account: 'admin',
    open: async (page) => {
      await page.goto('/feeds?feed=transport-jt808');
      await page.getByRole('tab').nth(2).click();
      await expect(page.getByRole('tabpanel').getByRole('listitem').first()).toBeVisible();
    },
  },
  {
    name: 'alarms',
    account: 'chief',
    open: async (page) => {
      await page.goto('/alarms');
      await records(page);
      await page.getByRole('option').first().click();
      await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible();
    },
  },
  {
    name: 'alarm-rules',
    account: 'chief',
    open: async (page) => {
      await page.goto('/alarms?tab=rules');
      await expect(page.getByRole('table').getByRole('row').nth(5)).toBeVisible();
    },
  },
  {
    name: 'alarm-figures',
    account: 'chief',
    open: async (page) => {
      await page.goto('/alarms?tab=figures');
      await expect(page.getByRole('table').first()).toBeVisible();
    },
  },
  {
    name: 'units',
    account: 'chief',
    open: async (page) => {
      await page.goto('/units');
      await page.getByRole('option').first().click();
      await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
    },
  },
  {
    name: 'plans',
    account: 'chief',
    open: async (page) => {
      await page.goto('/plans?plan=building-fire');
      await expect(page.getByRole('article')).toBeVisible();
    },
  },
  {
    name: 'plan-editor',
    account: 'chief',
    open: async (page) => {
      await page.goto('/plans?plan=building-fire');
      await expect(page.getByRole('article')).toBeVisible();
      await page.keyboard.press('e');
      await expect(page.getByRole('textbox').nth(3)).toBeVisible();
    },
  },
  {
    name: 'stations',
    account: 'chief',
    open: async (page) => {
      await page.goto('/stations');
      await records(page);
    },
  },
  {
    name: 'station',
    account: 'chief',
    open: async (page) => {
      await page.goto(`/stations/${encodeURIComponent('water-level/下关水位站')}`);
      await expect(page.getByRole('img', { name: /\d m/ })).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'stationing',
    account: 'liaison-police',
    open: async (page) => {
      await page.goto('/stationing');
      await expect(page.getByRole('heading', { level: 2 }).nth(9)).toBeVisible();
    },
  },
  {
    name: 'accounts',
    account: 'admin',
    open: async (page) => {
      await page.goto('/accounts');
      await expect(page.getByRole('table').getByRole('row').nth(3)).toBeVisible();
    },
  },
  {
    name: 'wall',
    account: 'wall',
    open: async (page) => {
      await page.goto('/wall');
      await expect(
        page
          .getByRole('main')
          .getByText(/应天大街|下穿通道积水|Flooded underpass/)
          .first(),
      ).toBeVisible({ timeout: 30_000 });
    },
  },
  {
    name: 'review-list',
    account: 'chief',
    open: async (page) => {
      await page.goto('/review');
      await expect(page.getByRole('link', { name: '已结案的路面积水' })).toBeVisible();
    },
  },
  {
    name: 'review',
    account: 'chief',
    open: async (page, scene) => {
      await page.goto(`/review/${scene.closed}`);
      await expect(page.getByRole('table').getByRole('row').nth(4)).toBeVisible();
      await map(page);
    },
  },
];
