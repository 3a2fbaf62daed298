import { Problem } from '@sapan/kernel'
import { errors, type Provider } from 'oidc-provider'
import { exchangeGrant } from '../clients/metadata.ts'
import type { Levels } from '../levels/level.ts'
import { factsOf } from './facts.ts'
import type { IssueActorToken } from './ports.ts'

const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'
const jwtType = 'urn:ietf:params:oauth:token-type:jwt'

/** What goes on to whoever issues the token, as it came. */
const passed = ['audience', 'scope', 'mandate', 'appointment', 'case'] as const
const parameters = ['subject_token', 'subject_token_type', 'requested_token_type', ...passed]

type Parameters = Partial<
  Record<(typeof passed)[number] | 'subject_token' | 'subject_token_type', string>
> & {
  readonly requested_token_type?: string
}

/** The token exchange grant (RFC 8693): a client's own access token of a person becomes one with which to act at agencies. */
export function registerExchange(provider: Provider, levels: Levels, issue: IssueActorToken): void {
  provider.registerGrantType<Parameters>(
    exchangeGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc
      const subject = await subjectOf(provider, client.clientId, params)
      const { sessionUid } = subject
      const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid)
      const level = levels.levelOf(session?.acr ?? '') ?? levels.lowest
      const { member } = factsOf(client)
      const { token, expiresIn } = await asOAuth(() =>
        issue({
          account: subject.accountId,
          client: client.clientId,
          level,
          parameters: Object.fromEntries(passed.flatMap((one) => (params[one] ? [[one, params[one]]] : []))),
          ...(member === undefined ? {} : { member }),
          ...(sessionUid === undefined ? {} : { session: sessionUid }),
        }),
      )
      ctx.body = { access_token: token, issued_token_type: jwtType, token_type: 'N_A', expires_in: expiresIn }
    },
    parameters,
  )
}

/** Only a client's own token: what it is bound to, the client has proved with its own authentication. */
async function subjectOf(provider: Provider, client: string, params: Parameters) {
  if (params.subject_token_type !== accessTokenType)
    throw new errors.InvalidRequest(`subject_token_type must be ${accessTokenType}`)
  if (params.requested_token_type !== undefined && params.requested_token_type !== jwtType)
    throw new errors.InvalidRequest(`requested_token_type must be ${jwtType}`)
  const token = await provider.AccessToken.find(params.subject_token ?? '')
  if (!token?.isValid || token.clientId !== client || token.accountId === undefined)
    throw new errors.InvalidRequest('subject_token is not a valid token of this client')
  return { accountId: token.accountId, sessionUid: token.sessionUid }
}

async function asOAuth<T>(issue: () => Promise<T>): Promise<T> {
  try {
    return await issue()
  } catch (error) {
    if (!(error instanceof Problem) || error.type.status >= 500) throw error
    throw new errors.InvalidRequest(`${error.code}: ${(error.detail ?? error.type.title).en}`)
  }
}
