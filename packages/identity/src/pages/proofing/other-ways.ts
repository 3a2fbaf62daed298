import { uuidv7 } from '@sapan/kernel'
import {
  backLink,
  button,
  confirmation,
  type FieldProblem,
  form,
  type SiteAnswer,
  type SitePage,
  type SiteRoute,
  textArea,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { proveByPassport } from '../../proofing/passport/passport.ts'
import { nameFault, sayName } from '../../proofing/self-asserted.ts'
import type { Need, Visitor } from '../../visitor.ts'
import type { ProofingPagesOptions } from './options.ts'
import { errorAt, mending, type ProofingRequest, question } from './question.ts'
import { words } from './words.ts'

const needs: Need = {}
const done: SiteAnswer = { kind: 'redirect', to: '/me/proofing/done' }

/** Saying one's name: two fields that are one question. */
export function nameRoutes({ ground }: ProofingPagesOptions): SiteRoute<Visitor, Need>[] {
  const path = '/me/proofing/name'
  const page = (request: ProofingRequest, problems: readonly FieldProblem[] = []): SitePage => {
    const { language, form: sent } = request
    const field = (name: 'given' | 'family', more: { hint?: string; autocomplete: string }) =>
      textField({
        name,
        label: words[name][language],
        value: sent.get(name) ?? '',
        longest: 200,
        ...more,
        ...errorAt(problems, name),
      })
    const fields = [
      h('h1', null, words.nameTitle[language]),
      field('given', { autocomplete: 'given-name' }),
      field('family', { autocomplete: 'family-name', hint: words.familyHint[language] }),
    ]
    return question(request, {
      title: words.nameTitle,
      action: path,
      back: '/me/proofing',
      send: words.saveName,
      fields,
      problems,
    })
  }
  const take = async (request: ProofingRequest): Promise<SiteAnswer> => {
    const [given = '', family = ''] = ['given', 'family'].map((name) => request.form.get(name) ?? '')
    const faults = [
      { field: 'given', fault: nameFault(given) },
      { field: 'family', fault: family.trim() === '' ? undefined : nameFault(family) },
    ]
    const problems = faults.flatMap(({ field, fault }) =>
      fault === undefined ? [] : [{ field, text: nameFaults[fault][request.language] }],
    )
    if (problems.length > 0) return page(request, problems)
    const { account, session } = request.who
    await sayName(
      ground,
      { account, session, act: uuidv7(ground.clock()) },
      { givenName: given, familyName: family },
    )
    return done
  }
  return [
    { method: 'GET', path, needs, handle: (request) => page(request) },
    { method: 'POST', path, needs, handle: take },
  ]
}

const nameFaults = {
  empty: { th: 'กรอกชื่อของคุณ', en: 'Enter your name' },
  'too-long': { th: 'ชื่อยาวได้ไม่เกิน 200 ตัวอักษร', en: 'A name may have 200 letters at most' },
  'not-a-name': {
    th: 'ชื่อมีเครื่องหมายที่มองไม่เห็นหรือใช้ในชื่อไม่ได้ ลองพิมพ์ใหม่',
    en: 'The name has signs that are not seen or not of a name. Try typing it anew',
  },
}

/** A foreigner's passport: its two lines. */
export function passportRoutes({ ground }: ProofingPagesOptions): SiteRoute<Visitor, Need>[] {
  const path = '/me/proofing/passport'
  const page = (request: ProofingRequest, problems: readonly FieldProblem[] = []): SitePage => {
    const { language, form: sent } = request
    const fields = textArea({
      name: 'lines',
      label: words.lines[language],
      hint: words.linesHint[language],
      isHeading: true,
      rows: 3,
      longest: 200,
      value: sent.get('lines') ?? '',
      ...errorAt(problems, 'lines'),
    })
    return question(request, {
      title: words.lines,
      action: path,
      back: '/me/proofing',
      send: words.askBureau,
      fields,
      problems,
    })
  }
  const take = (request: ProofingRequest): Promise<SiteAnswer> => {
    const { account, session } = request.who
    const lines = request.form.get('lines') ?? ''
    return mending<SiteAnswer>(
      request,
      'lines',
      async () => {
        await proveByPassport(ground, { account, session, act: uuidv7(ground.clock()) }, lines)
        return done
      },
      (problems) => page(request, problems),
    )
  }
  return [
    { method: 'GET', path, needs, handle: (request) => page(request) },
    { method: 'POST', path, needs, handle: take },
  ]
}

/** A sign-in elsewhere: away, and back. */
export function outsideRoutes({ ground, outside }: ProofingPagesOptions): SiteRoute<Visitor, Need>[] {
  if (outside === undefined) return []
  const path = '/me/proofing/outside'
  const { name } = ground.country.proofing.outsideProvider
  return [
    {
      method: 'GET',
      path,
      needs,
      handle: ({ language, formKey }) => ({
        kind: 'page',
        title: `${words.outsideTitle[language]} ${name[language]}`,
        // A browser holds what a form leads to against the page that has it.
        formTargets: [outside.origin],
        body: h(
          'div',
          { class: 'column' },
          backLink('/me/proofing', language),
          h('h1', null, `${words.outsideTitle[language]} ${name[language]}`),
          h('p', null, words.outsideText[language]),
          form({ action: path, formKey }, button({ text: words.goOutside[language] })),
        ),
      }),
    },
    {
      method: 'POST',
      path,
      needs,
      handle: async ({ who: { account, session } }) => ({
        kind: 'redirect',
        to: await outside.begin({ account, session }),
      }),
    },
    {
      method: 'GET',
      path: `${path}/back`,
      needs,
      handle: async ({ who: { account, session }, query }) => {
        await outside.prove({ account, session }, query)
        return done
      },
    },
  ]
}

/** What to do to be proofed in person. */
export function counterRoute({ ground }: ProofingPagesOptions): SiteRoute<Visitor, Need> {
  return {
    method: 'GET',
    path: '/me/proofing/counter',
    needs,
    handle: ({ language }) => ({
      kind: 'page',
      title: words.counterTitle[language],
      body: h(
        'div',
        { class: 'column' },
        backLink('/me/proofing', language),
        h('h1', null, words.counterTitle[language]),
        h(
          'ol',
          null,
          words.counterSteps[language].split('|').map((step) => h('li', null, step)),
        ),
        h('h2', null, words.accepted[language]),
        h(
          'ul',
          null,
          ground.country.proofing.evidences.map((one) =>
            h('li', null, one.name[language], one.photo ? ` (${words.withPhoto[language]})` : ''),
          ),
        ),
      ),
    }),
  }
}

/** That it is done: the level, and the name that now stands. */
export function doneRoute({ ground }: ProofingPagesOptions): SiteRoute<Visitor, Need> {
  return {
    method: 'GET',
    path: '/me/proofing/done',
    needs,
    handle: async ({ language, who }) => {
      const account = await ground.accounts.find(who.account)
      const ial = account?.ial ?? ground.levels.lowest.ial
      const value = `${ial} ${ground.levels.term('ial', ial)?.name[language] ?? ''}`
      const name = account?.name[language] || account?.name.th || ''
      const next = [
        name === '' ? null : h('p', null, `${words.asRegistered[language]}: `, h('bdi', null, name)),
        h('p', null, words.doneNext[language]),
        h('p', null, h('a', { href: '/me/proofing' }, words.toOverview[language])),
      ]
      const title = words.done[language]
      const body = confirmation({ title, reference: { name: words.yourLevel[language], value }, next })
      return { kind: 'page', title, body }
    },
  }
}
