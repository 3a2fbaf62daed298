import type { Language } from '@sapan/kernel'
import type { SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import type { FolderEntry } from '../../src/definition/folder.ts'
import { authoringRoutes } from '../../src/definition/pages/routes.ts'
import { sampleDefinition, sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

const files = sampleFiles()
const texts = { service: files.service ?? '', form: files.form ?? '', workflow: files.workflow ?? '' }
const finding = {
  file: 'bad/2/form.yaml',
  line: 7,
  column: 3,
  code: 'cycle',
  reason: { th: 'รอกันเป็นวง', en: 'These wait for each other.' },
} as const
const entries: readonly FolderEntry[] = [
  { service: 'school-bus-card', version: 1, definition: sampleDefinition(), findings: [] },
  { service: 'bad', version: 2, findings: [finding] },
]
const routes = authoringRoutes<unknown, string>({
  entries: async () => entries,
  tables: async () => files.tables,
  references: sampleReferences,
  memberName: () => ({ th: 'หน่วยงานสมมติ', en: 'Made-up agency' }),
  lawName: () => undefined,
  places: {
    provinces: () => [],
    districtsOf: () => [],
    subdistrictsOf: () => [],
    subdistrict: () => undefined,
    search: () => [],
  },
  countries: [],
  today: () => '2026-11-22',
  needs: 'author',
})

interface Asked {
  readonly form?: Readonly<Record<string, string>>
  readonly files?: SiteRequest<unknown>['files']
  readonly language?: Language
}

async function answerTo(
  method: 'GET' | 'POST',
  path: string,
  { form = {}, files: sent, language = 'en' }: Asked = {},
) {
  const route = routes.find((one) => one.method === method && one.path === path)
  const answer = await route?.handle({
    method,
    path,
    parameters: {},
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    ...(sent === undefined ? {} : { files: sent }),
    language,
    who: undefined,
    formKey: h('input', { type: 'hidden', name: 'key', value: 'k' }),
    userAgent: '',
    address: '',
  })
  if (answer?.kind !== 'page') throw new Error('no page')
  return { status: answer.status ?? 200, text: renderToString(h('main', null, answer.body)) }
}

const open = async (...asked: Parameters<typeof answerTo>) => (await answerTo(...asked)).text

const preview = '/desk/services/preview'

describe('pages for those who write definitions', () => {
  it('are for those whom the face lets in', () => {
    expect(routes.map(({ needs }) => needs)).toEqual(['author', 'author', 'author'])
  })

  it('list all versions, and what stands against each with its line', async () => {
    const page = await open('GET', '/desk/services')
    expect(page).toContain('School bus card')
    expect(page).toContain('bad/2/form.yaml:7:3')
    expect(page).toContain('These wait for each other.')
    expect(await open('GET', '/desk/services', { language: 'th' })).toContain('รอกันเป็นวง')
  })

  it('check what is pasted, and show the page of the service', async () => {
    const page = await open('POST', preview, { form: texts })
    expect(page).toContain('There is nothing to mend')
    expect(page).toContain('Apply for a school bus card')
    expect(page).toContain('Made-up agency')
  })

  it('show each page of the form, with what decides whether it is seen', async () => {
    for (const { id, title } of sampleDefinition().form.pages) {
      const page = await open('POST', preview, { form: { ...texts, show: `page:${id}` } })
      expect(page).toContain(`<h3>${title.en}</h3>`)
    }
    const shown = await open('POST', preview, { form: { ...texts, show: 'page:pickUp' } })
    expect(shown).toContain('<code>answers.livesElsewhere</code>')
  })

  it('take files in place of texts', async () => {
    const form = new TextEncoder().encode(texts.form.replace('type: email', 'type: mail'))
    const sent = new Map([['formFile', { name: 'formFile', filename: 'form.yaml', bytes: form }]])
    const page = await open('POST', preview, { form: texts, files: sent })
    expect(page).toMatch(/form\.yaml:\d+:\d+/)
    expect(page).toContain('There are no pages yet')
  })

  it('answer what is hostile with findings, as text', async () => {
    const hostile = '<script>alert(1)</script>: &a [*a, *a]'
    const page = await open('POST', preview, {
      form: { service: hostile, form: 'x', workflow: '\u0000\uFFFE{{{{' },
    })
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('service.yaml:1:')
    expect(page).toContain('form.yaml:1:1')
  })

  it('say beside each file that was not given what to do, and nothing of codes', async () => {
    const blank = { service: '', form: ' \n', workflow: '' }
    const { status, text: page } = await answerTo('POST', preview, { form: blank })
    expect(status).toBe(422)
    for (const name of ['service', 'form', 'workflow']) {
      expect(page).toContain(`href="#${name}"`)
      expect(page).toMatch(new RegExp(`id="${name}"[^>]*aria-invalid="true"`))
      expect(page).toContain(
        `${name}.yaml: nothing was given. Paste the text of this file, or choose it below.`,
      )
    }
    expect(page).not.toContain('wrong-value')
    expect(page).not.toContain('There is nothing to mend')
    expect(await open('POST', preview, { language: 'th' })).toContain('form.yaml: ยังว่างอยู่')
  })

  it('check what was given although a file is not there yet', async () => {
    const page = await open('POST', preview, {
      form: { form: texts.form.replace('type: email', 'type: mail') },
    })
    expect(page).toMatch(/form\.yaml:\d+:\d+/)
    expect(page).toContain('workflow.yaml: nothing was given.')
    expect(page).not.toContain('workflow.yaml:1:1')
  })

  it('keep nothing between two requests', async () => {
    await open('POST', preview, { form: texts })
    expect(await open('GET', preview)).not.toContain('school bus')
  })
})
