import type { Text } from '@sapan/kernel'
import type { FieldProblem, SiteAnswer } from '@sapan/ui'
import { refusalOf } from '../parts/refusal.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GrantRow } from './answers.ts'
import { grantForm } from './grant-form.ts'
import type { NameKeeper } from './names.ts'
import { readGrantForm } from './read-grant-form.ts'
import { findService } from './services.ts'

const refused = {
  th: 'เกตเวย์ไม่รับสิทธินี้',
  en: 'The gateway does not take this grant',
} as const satisfies Text

/** Giving a grant to one service: what it lets through is chosen from the service's own description. */
export function giveGrantRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/grants/new',
      needs: 'change',
      handle: async (request) => formPage(names, request, []),
    },
    {
      method: 'POST',
      path: '/operator/grants',
      needs: 'change',
      handle: (request) => giveGrant(names, request),
    },
  ]
}

async function formPage(keeper: NameKeeper, request: OperatorRequest, problems: readonly FieldProblem[]) {
  const id = request.form.get('service') ?? request.query.get('service') ?? undefined
  const [service, names] = await Promise.all([findService(request, id), keeper.of(operatorOf(request).door)])
  return grantForm(request, service, names, problems)
}

async function giveGrant(names: NameKeeper, request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const service = await findService(request, sent.get('service') ?? undefined)
  const read = readGrantForm(sent, service, language)
  if (read.kind === 'problems') return formPage(names, request, read.problems)
  try {
    const { hash } = await operatorOf(request).door.post<GrantRow>('/v1/grants', read.grant)
    return { kind: 'redirect', to: `/operator/grants/${hash}` }
  } catch (error) {
    // What the form could not see beforehand, such as an address that no subsystem has.
    const text = `${refused[language]}: ${refusalOf(error, language)}`
    return formPage(names, request, [{ field: 'consumer', text }])
  }
}
