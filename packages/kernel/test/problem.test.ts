import { describe, expect, it } from 'vitest'
import {
  defineProblems,
  kernelProblems,
  Problem,
  preferredLanguage,
  problemDocument,
  registeredProblems,
} from '../src/index.ts'

describe('a problem', () => {
  it('is registered once: a second concept with the same code is refused', () => {
    const text = { th: 'ก', en: 'a' }
    expect(() => defineProblems({ busy: { status: 500, title: text, next: text } })).toThrow(
      'registered twice',
    )
  })

  it('is written as RFC 9457 says, in the language of the reader, the other beside it', () => {
    const problem = new Problem(kernelProblems.busy, { extensions: { status: 1, retryAfter: 2 } })
    const document = problemDocument(problem, 'https://center', 'th')
    expect(document).toMatchObject({
      type: 'https://center/problems/busy',
      code: 'busy',
      status: 503,
      title: kernelProblems.busy.title.th,
      next: kernelProblems.busy.next.th,
      retryAfter: 2,
      en: { title: kernelProblems.busy.title.en },
    })
  })

  it('of the ground has Thai and English for everything', () => {
    for (const type of Object.values(kernelProblems)) {
      expect(registeredProblems().get(type.code)).toBe(type)
      expect(type.title.th).toMatch(/[\u0e00-\u0e7f]/)
      expect(type.next.th).toMatch(/[\u0e00-\u0e7f]/)
      expect(type.title.en && type.next.en).toBeTruthy()
    }
  })
})

describe('the language of a reader', () => {
  it.each([
    [undefined, 'th'],
    ['', 'th'],
    ['en', 'en'],
    ['th, en;q=0.8', 'th'],
    ['en-GB,en;q=0.9,th;q=0.8', 'en'],
    ['en;q=0.2, TH;q=0.9', 'th'],
    ['de, fr', 'th'],
    ['en;q=nonsense', 'th'],
  ])('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })
})
