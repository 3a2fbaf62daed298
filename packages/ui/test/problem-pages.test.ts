import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { defineProblems } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { publicPages, readProblemSource, renderProblemPages } from '../src/index.ts'

defineProblems({
  'ui-test-problem': {
    status: 418,
    title: { th: 'หัวข้อ', en: 'Title' },
    next: { th: 'ชงชา', en: 'Make tea.' },
  },
})

const source =
  '# หัวข้อ\n\nข้อความ <b>ไทย</b>\n\n---\n\n# A title\n\n## What it means\n\nText.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'
const folder = mkdtempSync(`${tmpdir()}/problems-`)
writeFileSync(`${folder}/ui-test-problem.md`, source)
writeFileSync(`${folder}/README.md`, '# not a problem page')
const docs = pathToFileURL(`${folder}/`)

describe('problem pages', () => {
  it('a page has a Thai and an English part', () => {
    expect(readProblemSource(source)).toEqual({
      th: { title: 'หัวข้อ', markdown: 'ข้อความ <b>ไทย</b>' },
      en: { title: 'A title', markdown: expect.stringContaining('## What it means') },
    })
  })

  it.each([
    ['one part only', '# หัวข้อ\n\nข้อความ\n'],
    ['a part without a title', '# หัวข้อ\n\nx\n\n---\n\nno title\n'],
    ['three parts', '# a\n\n---\n\n# b\n\n---\n\n# c\n'],
  ])('a file with %s is refused', (_, markdown) => {
    expect(() => readProblemSource(markdown)).toThrow(/part/)
  })

  it('shows the language asked for, with the status of the registry', () => {
    const pages = renderProblemPages({ docs })
    expect(pages('ui-test-problem', 'en')).toContain('<h1>A title</h1>')
    expect(pages('ui-test-problem', 'en')).toContain('418')
    expect(pages('ui-test-problem', 'th')).toContain('<h1>หัวข้อ</h1>')
    expect(pages('ui-test-problem', 'th')).toContain('href="/problems/ui-test-problem?lang=en"')
  })

  it('lists every page, and no other file', () => {
    const html = renderProblemPages({ docs })(undefined, 'en')
    expect(html).toContain('href="/problems/ui-test-problem?lang=en"')
    expect(html).not.toContain('README')
  })

  it('a code without a page has none, whatever it tries to name', () => {
    const pages = renderProblemPages({ docs })
    for (const code of ['README', '../secret', 'no-such-code', 'ui-test-problem.md', ''])
      expect(pages(code, 'th')).toBeUndefined()
  })
})

describe('public pages', () => {
  const answer = publicPages({ docs })
  const get = (target: string, extra = {}) => answer({ method: 'GET', target, ...extra })

  it('chooses the language by query, then by Accept-Language, then Thai', () => {
    expect(get('/problems/ui-test-problem')?.headers['content-language']).toBe('th')
    expect(get('/problems/ui-test-problem', { acceptLanguage: 'en-GB' })?.headers['content-language']).toBe(
      'en',
    )
    expect(
      get('/problems/ui-test-problem?lang=th', { acceptLanguage: 'en' })?.headers['content-language'],
    ).toBe('th')
  })

  it('answers an unknown code with 404 and the list', () => {
    const unknown = get('/problems/no-such-code?lang=en')
    expect(unknown?.status).toBe(404)
    expect(unknown?.body.toString()).toContain('ui-test-problem')
  })

  it('serves the files of the frame, once per validator', () => {
    const css = get('/assets/sapan.css')
    expect(css?.headers['content-type']).toBe('text/css; charset=utf-8')
    expect(get('/assets/sapan.css', { ifNoneMatch: css?.headers.etag })?.status).toBe(304)
    expect(get('/assets/sarabun-thai-400.woff2')?.body.subarray(0, 4).toString()).toBe('wOF2')
  })

  it('leaves every other path and method to its listener', () => {
    expect(get('/r1/TH/GOV/DOPA/population/person-v1')).toBeUndefined()
    expect(get('/assets/../package.json')).toBeUndefined()
    expect(get('/problems/a/b')).toBeUndefined()
    expect(answer({ method: 'POST', target: '/problems' })).toBeUndefined()
  })
})
