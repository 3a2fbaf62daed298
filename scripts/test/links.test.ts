import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = globSync(['*.md', '{docs,packages,apps,countries,sandbox,bench,conformance}/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
})

/** The files that a page links to or shows, without addresses elsewhere and places within a page. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
  return targets
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .map((target) => target.replace(/#.*/, ''))
}

describe('documentation', () => {
  it('is found', () => {
    expect(pages).toContain('README.md')
    expect(linksOf('README.md')).toContain('docs/guides/commands.md')
  })

  it.each(pages)('%s links only to what is there', (page) => {
    const missing = linksOf(page).filter((target) => !existsSync(join(root, dirname(page), target)))
    expect(missing).toEqual([])
  })
})
