import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * What axe finds on a page, WCAG 2.2 AA and its good practice, a line each, with scripts and without. Details are opened
 * first, and stay so; menus are closed again.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
  // No timer of a page runs whose scripts are off, and axe waits by them: they are kept, and run from outside.
  await page.evaluate(
    'var kept = [], found, timer = setTimeout; found = undefined; setTimeout = (due) => kept.push(due)',
  )
  // Evaluated, not added to the page: its policy allows no foreign script.
  await page.evaluate(axe.source)
  await page.evaluate('axe.run(document, { preload: false }, (_, told) => { found = told }); 0')
  for (let round = 0; round < 100 && (await page.evaluate('found === undefined')); round++)
    await page.evaluate('for (const due of kept.splice(0)) due()')
  await page.evaluate('setTimeout = timer')
  // A menu that stays open covers the page where no script closes it.
  await page.evaluate('for (const one of document.querySelectorAll("header details")) one.open = false')
  const faults: unknown = await page.evaluate(
    'found?.violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | "))',
  )
  return Array.isArray(faults) ? faults.map(String) : ['axe did not run']
}

/** By how many pixels a page is wider than its window. */
export function widthOver(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
}
