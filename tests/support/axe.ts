import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What is drawn only when its reader comes near is judged as they see it: undrawn, axe measures it against what lies below. */
const drawAll = (): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets.push(sheet);
};

/**
 * What axe finds on the page as it stands, a line for each rule with the places it names; only these rules when some are
 * named. axe is read into the page once and run there, not into frames: a page of its own for gathering
 * what frames say (as axe's own driver opens for every look) costs more than the look itself.
 */
export const axeFinds = async (page: Page, ...only: string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(axe.source);
    await page.evaluate(drawAll);
  }
  return page.evaluate(async (rules) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
      ...(rules.length > 0 && { runOnly: { type: 'rule', values: rules } }),
    });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 80)}`).join(' | ')}`,
    );
  }, only);
};
