import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import type { FormPage } from '../../src/definition/form.ts'
import { sampleDefinition } from '../sample/definition.ts'
import type { Browser, Shown } from './browser.ts'
import { type FormSite, formSite } from './form-site.ts'

let site: FormSite
let who: Browser
let base = ''
let shownAgain = 0

/** Every page is asked of everybody, so that each field can be sent whatever was answered before. */
function everyPage(): ServiceDefinition {
  const first = sampleDefinition()
  const pages = first.form.pages.map(({ when: _, ...page }): FormPage => page)
  return { ...first, evidence: [], form: { ...first.form, pages } }
}

beforeAll(async () => {
  site = await formSite([everyPage()])
  who = site.browser()
  await who.open(`/services/${sampleDefinition().id}/apply`)
  await who.send()
  base = who.page.path
})
afterAll(() => site?.[Symbol.asyncDispose]())

const addresses = everyPage().form.pages.map(({ id, repeat }) => (repeat ? `${id}/new` : id))

/** Texts that somebody sends who wants to break something, or whose keyboard does. */
const hostile = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\u202E\u2066\u200B',
      '<script>alert(1)</script>',
      `"'><img src=x onerror=x>`,
    ],
    ...["'; drop table services.draft; --", '{{7*7}}', '../../../etc/passwd', '=cmd|calc', '%00%zz', 'null'],
    ...[
      '__proto__',
      'constructor',
      '[object Object]',
      '-0',
      '-1',
      '1e309',
      'NaN',
      'Infinity',
      '9'.repeat(400),
    ],
    ...[
      '29',
      '30',
      '31',
      '2',
      '2567',
      '2566',
      '2024',
      '2023',
      '0',
      '13',
      '9999',
      '99999',
      '275760',
      '๒๙',
      '๒๕๖๗',
    ],
    ...[
      '2026-02-30',
      '29/02/2566',
      '1,2,3',
      '1.005',
      '0.1.2',
      '0x10',
      '１２',
      '1101700207030',
      '1-1017-00207-03-1',
    ],
    ...[
      '100203',
      '999999',
      'THA',
      'yes',
      'no',
      'on',
      'ก'.repeat(2000),
      'a\r\nset-cookie: b=c',
      '=?utf-8?B?',
      '﷽',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

/** The fields of the form on a page, by their kinds. */
function inputsOf({ html }: Shown) {
  const form = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
  const tags = [...form.matchAll(/<(input|select|textarea)\b([^>]*)>/g)]
  return tags.flatMap(([, tag = '', attributes = '']) => {
    const name = / name="([^"]*)"/.exec(attributes)?.[1]
    const type = / type="([^"]*)"/.exec(attributes)?.[1] ?? 'text'
    const isOurs = name === undefined || ['hidden', 'file', 'submit'].includes(type)
    return isOurs ? [] : [{ name, isText: tag === 'textarea' || (tag === 'input' && type === 'text') }]
  })
}

/** As a browser keeps it in a field of one line, and the server as Unicode. */
function kept(text: string): string {
  return text.replace(/[\r\n]/g, '')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

describe('whatever is sent of a form’s pages', () => {
  it('every type of field is among them', () => {
    const types = new Set(everyPage().form.pages.flatMap(({ fields }) => fields.map(({ type }) => type)))
    expect(types.size).toBeGreaterThan(10)
  })

  it.each(addresses)(
    '%s: it is no fault, nothing becomes markup, and what is wrong stands in its field again',
    async (at) => {
      const page = await who.open(`${base}/pages/${at}`)
      expect(page.status).toBe(200)
      const inputs = inputsOf(page)
      await fc.assert(
        fc.asyncProperty(
          fc.array(hostile, { minLength: inputs.length, maxLength: inputs.length }),
          async (texts) => {
            const fresh = await who.open(`${base}/pages/${at}`)
            const sent = Object.fromEntries(inputs.map(({ name }, index) => [name, kept(texts[index] ?? '')]))
            const answered = await who.send(sent, { page: fresh })
            expect(answered.status).toBeLessThan(500)
            expect(answered.html).not.toMatch(/<script>alert|<img src=x/)
            if (answered.status !== 422) return
            for (const { name, isText } of inputs) {
              const isWrong = answered.html.includes(`href="#${name}"`)
              const text = sent[name] ?? ''
              if (!isText || !isWrong || !text.isWellFormed() || text.includes('\u0000')) continue
              shownAgain++
              expect(answered.html).toContain(escaped(text))
            }
          },
        ),
        { numRuns: 12 },
      )
    },
  )

  it('much of it was wrong and was shown again', () => {
    expect(shownAgain).toBeGreaterThan(20)
  })
})
