import { expect, type Page } from '@playwright/test';

/**
 * Waits until React has taken over this part of the page. A person needs longer than that before they press anything; a test
 * does not, and what it presses too early is sent as without script.
 */
export const awake = (page: Page, selector: string): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(
          (part) =>
            Object.keys(document.querySelector(part) ?? {}).some((name) => name.startsWith('__reactFiber')),
          selector,
        ),
      { message: `${selector} is awake`, timeout: 30_000 },
    )
    .toBe(true);
