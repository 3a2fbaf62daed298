import type { Language } from '@sapan/kernel'
import {
  backLink,
  button,
  buttonGroup,
  errorSummary,
  fileField,
  firstButton,
  form,
  notification,
  type SitePage,
  type SiteRequest,
  textArea,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { createCatalogue } from '../../finding/catalogue.ts'
import { entryOf } from '../../finding/entry.ts'
import { servicePage } from '../../finding/pages/service-page.ts'
import { type CheckedDefinition, checkDefinition } from '../check.ts'
import type { ServiceDefinition } from '../definition.ts'
import { definitionsOf } from '../load.ts'
import { findingsTable } from './findings-table.ts'
import { formPreview } from './form-preview.ts'
import type { AuthoringOptions } from './options.ts'
import { authoringWords as words } from './words.ts'

const FILES = ['service', 'form', 'workflow'] as const
type Name = (typeof FILES)[number]
type Texts = Readonly<Record<Name, string>>

/** `/desk/services/preview`: where an author tries three files before they lie in the country's folder. Keeps nothing. */
export async function previewPage<Need>(
  options: AuthoringOptions<Need>,
  request: SiteRequest<unknown>,
): Promise<SitePage> {
  const { language } = request
  const texts = textsOf(request)
  const isSent = request.method === 'POST'
  const blank = isSent ? FILES.filter((name) => texts[name].trim() === '') : []
  const checked = isSent ? await checkTexts(options, texts, blank) : undefined
  const problems = blank.map((name) => ({ field: name, text: missing(name, language) }))
  return {
    kind: 'page',
    title: words.preview[language],
    ...(blank.length > 0 && { status: 422 }),
    body: [
      backLink('/desk/services', language, words.title[language]),
      errorSummary(problems, language),
      h('h1', null, words.preview[language]),
      h('p', null, words.previewAbout[language]),
      form(
        { action: '/desk/services/preview', formKey: request.formKey, files: true },
        firstButton(words.check[language]),
        ...(checked === undefined ? [] : outcome(checked, blank.length === 0, language)),
        ...(checked?.definition === undefined ? [] : pageButtons(checked.definition, language)),
        ...FILES.flatMap((name) =>
          inputs(name, texts[name], language, blank.includes(name) ? missing(name, language) : undefined),
        ),
        button({ text: words.check[language] }),
      ),
      ...(checked === undefined ? [] : shownPage(options, request, checked)),
    ],
  }
}

function missing(name: Name, language: Language): string {
  return `${name}.yaml: ${words.missing[language]}`
}

function textsOf({ form: sent, files }: SiteRequest<unknown>): Texts {
  const textOf = (name: string): string => {
    const file = files?.get(`${name}File`)
    if (file !== undefined && file.bytes.length > 0) return new TextDecoder().decode(file.bytes)
    return (sent.get(name) ?? '').replaceAll('\r\n', '\n')
  }
  return { service: textOf('service'), form: textOf('form'), workflow: textOf('workflow') }
}

/** What was not given is said at its field, and not once more among what is to be mended. */
async function checkTexts<Need>(
  options: AuthoringOptions<Need>,
  texts: Texts,
  blank: readonly Name[],
): Promise<CheckedDefinition | undefined> {
  if (blank.length === FILES.length) return undefined
  const tables = await options.tables()
  const { definition, findings } = checkDefinition(
    { id: 'draft', version: 1, ...texts, tables },
    options.references,
  )
  const given = findings.filter(({ file }) => !blank.some((name) => file === `${name}.yaml`))
  return { ...(definition && { definition }), findings: given }
}

function inputs(
  name: Name,
  text: string,
  language: Language,
  error: string | undefined,
): readonly ComponentChild[] {
  return [
    textArea({ name, label: `${name}.yaml`, value: text, rows: 12, error }),
    fileField({
      name: `${name}File`,
      label: `${name}.yaml: ${words.orFile[language]}`,
      accept: '.yaml,.yml',
    }),
  ]
}

function outcome(
  { findings }: CheckedDefinition,
  isWhole: boolean,
  language: Language,
): readonly ComponentChild[] {
  if (findings.length === 0 && !isWhole) return []
  if (findings.length === 0) return [notification({ kind: 'success', title: words.isSound[language] })]
  return [
    h('h2', null, `${words.findings[language]} (${findings.length})`),
    findingsTable(findings, language),
  ]
}

/** Each sends the same texts again, and shows another page. */
function pageButtons({ form: { pages } }: ServiceDefinition, language: Language): readonly ComponentChild[] {
  const show = (text: string, value: string) => button({ text, kind: 'secondary', name: 'show', value })
  return [
    h('h2', null, words.pages[language]),
    buttonGroup(
      show(words.servicePage[language], 'service'),
      ...pages.map(({ id, title }) => show(title[language], `page:${id}`)),
    ),
  ]
}

function shownPage<Need>(
  options: AuthoringOptions<Need>,
  request: SiteRequest<unknown>,
  { definition }: CheckedDefinition,
): readonly ComponentChild[] {
  const { language } = request
  if (definition === undefined) return [h('p', null, words.noPages[language])]
  const shown = request.form.get('show') ?? 'service'
  const page = definition.form.pages.find(({ id }) => shown === `page:${id}`)
  const parts =
    page === undefined
      ? aboutService(options, definition, request)
      : formPreview(options, definition, page, language)
  return [h('section', { class: 'inset', 'aria-label': words.pages[language] }, ...parts)]
}

function aboutService<Need>(
  { memberName, lawName }: AuthoringOptions<Need>,
  definition: ServiceDefinition,
  request: SiteRequest<unknown>,
): ComponentChild[] {
  const owner = memberName(definition.owner) ?? { th: definition.owner, en: definition.owner }
  const lone = { ...definition, lifeEvents: [] }
  const catalogue = createCatalogue({
    definitions: definitionsOf([lone]),
    listed: [],
    lifeEvents: [],
    memberName,
  })
  const body = servicePage(
    { catalogue, memberName, lawName },
    entryOf(definition, owner),
    request.language,
    null,
  )
  return [body]
}
