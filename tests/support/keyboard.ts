import type { Page } from '@playwright/test';

/** Moves with Tab to what is wanted, as a person without a mouse does. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let n = 0; n < 250; n += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${selector}`);
};

/** Fills a field by keyboard. */
export const type = async (page: Page, selector: string, text: string): Promise<void> => {
  await tabTo(page, selector);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
};

/** Goes to what is wanted and presses Enter. */
export const enter = async (page: Page, selector: string): Promise<void> => {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
};
