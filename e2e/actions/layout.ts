import type { Page } from '@playwright/test';

/** What a person would find cut off or out of reach: controls outside the window, or hidden by what holds them. */
export const layoutFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
    if (root.scrollHeight > innerHeight + 1) faults.push(`the page is ${root.scrollHeight} px high`);
    const controls = 'button, a[href], input, textarea, [role="tab"], [role="combobox"]';
    for (const control of document.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = control.getBoundingClientRect();
      // A skip link, or what only screen readers get.
      if (box.width <= 1 || box.height <= 1 || control.matches('.skip-link:not(:focus)')) continue;
      const name = `${control.tagName.toLowerCase()} "${(control.getAttribute('aria-label') ?? control.innerText).slice(0, 30)}"`;
      let reachedByScrolling = false;
      for (let holder = control.parentElement; holder; holder = holder.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(holder);
        const around = holder.getBoundingClientRect();
        const sideways = box.right > around.right + 1 || box.left < around.left - 1;
        if (overflowX !== 'visible' && sideways) faults.push(`${name} is cut at the side (${overflowX})`);
        if (overflowY === 'auto' || overflowY === 'scroll') reachedByScrolling = true;
        const below = box.bottom > around.bottom + 1 || box.top < around.top - 1;
        if ((overflowY === 'hidden' || overflowY === 'clip') && below && !reachedByScrolling)
          faults.push(`${name} is cut above or below`);
        if (position === 'fixed') break;
      }
      if (box.right > innerWidth + 1 || box.left < -1) faults.push(`${name} is beside the window`);
      if (!reachedByScrolling && (box.bottom > innerHeight + 1 || box.top < -1))
        faults.push(`${name} is above or below the window`);
      if (control.scrollWidth > control.clientWidth + 1 && control.matches('button, [role="tab"]'))
        faults.push(`${name} does not hold its words`);
    }
    return [...new Set(faults)];
  });
