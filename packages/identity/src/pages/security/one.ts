import { Problem } from '@sapan/kernel'
import { backLink, button, errorSummary, form, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { h } from 'preact'
import { type Authenticator, shownWay } from '../../authenticators/authenticator.ts'
import { authenticatorProblems } from '../../problems/authenticators.ts'
import { spokenProblem } from '../../sign-in/arrive.ts'
import type { SecurityOptions, SecurityRequest } from './options.ts'
import { words } from './words.ts'

const home = '/me/security'

/** One authenticator: its name, and how to be rid of it. Throws `authenticator-not-found`, for another's too. */
export async function onePage(
  options: SecurityOptions,
  request: SecurityRequest,
  problem?: string,
): Promise<SitePage> {
  const { language, formKey } = request
  const one = await ofThem(options, request)
  const { id, kind, name } = one
  const title = shownWay(one, language)
  const action = `${home}/authenticators/${id}`
  const problems = problem === undefined ? [] : [{ field: 'remove', text: problem }]
  const hasName = kind === 'passkey' || kind === 'totp'
  return {
    kind: 'page',
    title,
    status: problem === undefined ? 200 : 422,
    body: h(
      'div',
      { class: 'column' },
      backLink(home, language),
      errorSummary(problems, language),
      h('h1', { dir: 'auto' }, title),
      hasName
        ? form(
            { action: `${action}/rename`, formKey },
            textField({ name: 'name', label: words.name[language], value: name, longest: 60 }),
            button({ text: words.save[language], kind: 'secondary' }),
          )
        : null,
      form(
        { action: `${action}/remove`, formKey },
        h('p', null, words.removeHint[language]),
        button({ text: words.remove[language], kind: 'danger', id: 'remove' }),
      ),
    ),
  }
}

export async function takeName(options: SecurityOptions, request: SecurityRequest): Promise<SiteAnswer> {
  const { id } = await ofThem(options, request)
  return changed(options, request, () =>
    options.authenticators.rename(request.who, id, request.form.get('name') ?? ''),
  )
}

export async function takeRemoval(options: SecurityOptions, request: SecurityRequest): Promise<SiteAnswer> {
  const { id } = await ofThem(options, request)
  return changed(options, request, () => options.authenticators.remove(request.who, id))
}

async function changed(
  options: SecurityOptions,
  request: SecurityRequest,
  change: () => Promise<void>,
): Promise<SiteAnswer> {
  try {
    await change()
    return { kind: 'redirect', to: home }
  } catch (error) {
    return onePage(options, request, spokenProblem(error, request.language))
  }
}

async function ofThem({ authenticators }: SecurityOptions, request: SecurityRequest): Promise<Authenticator> {
  const found = (await authenticators.list(request.who.account)).find(
    ({ id }) => id === request.parameters.authenticator,
  )
  if (found === undefined) throw new Problem(authenticatorProblems['authenticator-not-found'])
  return found
}
