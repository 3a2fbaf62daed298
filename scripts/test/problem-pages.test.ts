import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { problemPageCodes, readProblemSource } from '@sapan/ui'
import { describe, expect, it } from 'vitest'
import { filledPage, headings } from '../problem-pages/page.ts'
import { everyProblem } from '../problem-pages/registry.ts'

const root = new URL('../../', import.meta.url)
const docs = new URL('docs/problems/', root)
const problems = await everyProblem(fileURLToPath(root))
const pages = problemPageCodes(docs)
const sourceOf = (code: string): string => readFileSync(new URL(`${code}.md`, docs), 'utf8')

describe('problem pages of the house', () => {
  it('every registered problem has its page', () => {
    expect(problems.size).toBeGreaterThan(100)
    expect([...problems.keys()].filter((code) => !pages.includes(code))).toEqual([])
  })

  it('every page belongs to a registered problem', () => {
    expect(pages.filter((code) => !problems.has(code))).toEqual([])
  })

  it.each([...problems.values()].filter((type) => pages.includes(type.code)))(
    '$code says what the registry says, in both languages',
    (type) => {
      expect(sourceOf(type.code)).toBe(filledPage(sourceOf(type.code), type))
    },
  )

  it.each(pages)('%s explains itself in both languages', (code) => {
    const source = readProblemSource(sourceOf(code))
    expect(source.th.markdown.split(headings.th[0])[0]).toMatch(/[ก-๙]{10}/)
    expect(source.en.markdown.split(headings.en[0])[0]?.trim()).toMatch(/^[A-Z`].{20}/)
    for (const language of ['th', 'en'] as const)
      expect(source[language].markdown.match(/^- /gm)?.length).toBeGreaterThanOrEqual(3)
  })

  it('names only commands that there are', () => {
    const guide = readFileSync(new URL('docs/guides/commands.md', root), 'utf8')
    const rows = [...guide.matchAll(/^\| `sapan (\w+) ?([a-z|\\-]*)/gm)]
    const commands = rows.flatMap(([, name = '', more = '']) => [
      name,
      ...more.split('\\|').map((sub) => `${name} ${sub}`),
    ])
    expect(commands).toContain('evidence export')
    const named = pages.flatMap((code) => [
      ...sourceOf(code).matchAll(/`sapan ([a-z]+(?: [a-z]+(?:-[a-z]+)*)?)/g),
    ])
    expect(named.map((match) => match[1]).filter((name) => !commands.includes(name ?? ''))).toEqual([])
  })

  it('shows no number that could be a person’s', () => {
    expect(pages.filter((code) => /(?<!\d)[1-8]\d{12}(?!\d)/.test(sourceOf(code)))).toEqual([])
  })
})

describe('filling a page', () => {
  const type = [...problems.values()][0]
  if (type === undefined) throw new Error('no problem is registered')

  it('a page that says something else is put right, and stays as it is then', () => {
    const wrong = sourceOf(type.code).replace(type.title.en, 'Another title')
    expect(filledPage(wrong, type)).toBe(sourceOf(type.code))
  })

  it.each([headings.th[0], headings.en[1], '<!-- example', '\n---\n'])(
    'a page without %s is refused',
    (part) => {
      expect(() => filledPage(sourceOf(type.code).replaceAll(part, 'x'), type)).toThrow(type.code)
    },
  )
})
