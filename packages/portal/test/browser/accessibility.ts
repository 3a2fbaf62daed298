import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds on a page, WCAG 2.2 AA and its good practice, a line each. Details are opened first. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
  // Evaluated, not added to the page: its policy allows no foreign script.
  await page.evaluate(axe.source)
  const found: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | ")))',
  )
  return Array.isArray(found) ? found.map(String) : ['axe did not run']
}

/** By how many pixels a page is wider than its window. */
export function widthOver(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}
