import type { Notices } from '@sapan/notices'
import { type Accounts, nameOf } from './account/account.ts'
import { createAccounts } from './account/accounts.ts'
import { createFreezing } from './account/freezing.ts'
import { givenRooms } from './account/given-rooms.ts'
import { createAuthenticators } from './authenticators/authenticators.ts'
import { createDevices } from './authenticators/devices.ts'
import { noteFailures } from './authenticators/failures.ts'
import type { AuthenticatorGround, HashCost, RelyingParty } from './authenticators/ground.ts'
import type { LeastAal } from './authenticators/keeping.ts'
import { createNameSignIn } from './authenticators/name-sign-in.ts'
import { createCeremonies } from './authenticators/store/ceremonies.ts'
import { createThrottle } from './authenticators/throttle.ts'
import { knownToClients } from './clients/check.ts'
import { createClients } from './clients/clients.ts'
import { createConsents } from './consents/consents.ts'
import { consentHistory } from './consents/history-kinds.ts'
import type { PlainWords } from './consents/plain-words.ts'
import type { IdentityGround } from './ground.ts'
import { createHistory, type History } from './history/history.ts'
import { securityHistory } from './history/kinds.ts'
import { mandateHistory } from './mandates/history-kinds.ts'
import { createMandates } from './mandates/mandates.ts'
import { createOfficers } from './officers/officers.ts'
import type { AppointmentWatch } from './officers/ports.ts'
import { createCounter } from './proofing/counter/counter.ts'
import type { ProofingGround } from './proofing/ground.ts'
import { proofingHistory } from './proofing/history-kinds.ts'
import { createReproofing } from './proofing/reproof.ts'
import { settleIn } from './proofing/settle.ts'
import { announceQuestion } from './provider/announce.ts'
import { claimsHistory } from './provider/claims-history.ts'
import { createFaceSessions } from './provider/face-sessions.ts'
import { mandatesClaim } from './provider/mandates-claim.ts'
import type { CertificateOf } from './provider/ports.ts'
import { createProvider, type ProviderOptions } from './provider/provider.ts'
import { recordClaims } from './provider/record-claims.ts'
import { registeredAddress } from './provider/registered-address.ts'
import { pairwiseSubjects } from './provider/subjects.ts'
import { createRecovery } from './recovery/recovery.ts'
import { createAdmission } from './sign-in/admission.ts'
import { createOpening } from './sign-in/opening.ts'
import { createEntering } from './sign-in/outside/entering.ts'
import { createStatusLists } from './status/lists.ts'
import { type ActorIssuing, actorIssuer } from './tokens/issue-actor.ts'
import { createSessionStatuses } from './tokens/session-statuses.ts'
import { createTokens } from './tokens/tokens.ts'

/** What the rooms of Digital ID need of the house around them. */
export interface RoomsOptions {
  readonly notices: Pick<Notices, 'send'>
  readonly relyingParty: RelyingParty
  readonly hashCost: HashCost
  readonly words: PlainWords
  /** The member that runs the house: `TH/GOV/DGA`. */
  readonly operator: string
  /** Member ids to which a mandate may be limited. */
  readonly agencies: readonly string[]
  /** What rests on appointments: officers' keys. */
  readonly watches?: readonly AppointmentWatch[]
  /** Tells whether there is such a member; any where absent. */
  readonly isMember?: (member: string) => boolean
  readonly certificateOf?: CertificateOf
  readonly fetch?: NonNullable<ProviderOptions['fetch']>
}

export type Rooms = ReturnType<typeof createRooms>

const historyKinds = {
  ...securityHistory,
  ...proofingHistory,
  ...mandateHistory,
  ...consentHistory,
  ...claimsHistory,
}

/** The rooms of Digital ID, each made of the ground and of the rooms that it needs. */
export function createRooms(ground: IdentityGround, options: RoomsOptions) {
  const { pool, clock, country, issuer, levels } = ground
  const accounts = createAccounts(ground)
  const history = createHistory(ground, historyKinds)
  const { signer, hintKey } = ground
  const tokens = createTokens({
    issuer,
    clock,
    signer,
    ...(hintKey && { hintKey }),
    statusLists: `${issuer}/status`,
  })
  const statuses = createStatusLists({ pool, clock, issuer, signer: tokens.signer })
  const { notices } = options
  const clients = createClients(ground, knownToClients(country, options.isMember))
  const sessionStatuses = createSessionStatuses({ pool, clock, statuses })
  const provider = createProvider(ground, {
    ...providerPorts(options),
    accounts,
    clients,
    scopes: country.scopes,
    ...(country.scopes.address && {
      addressOf: registeredAddress(ground, accounts, country.scopes.address),
    }),
    // The rooms that it asks come after the provider, which they need in turn.
    mandatesOf: (account, member) => mandatesClaim(mandates)(account, member),
    issueActorToken: (request) => actorIssuer(actorIssuing)(request),
    announce: announceQuestion(ground, { notices, clients }),
    recordClaims: recordClaims(history),
    sessionEnded: sessionStatuses.end,
  })
  const officers = createOfficers(
    { ...ground, country: country.officers },
    {
      accounts,
      status: statuses,
      isAtLeast: (ial, least) => levels.meets({ ial, aal: '' }, { ial: least }),
      watches: options.watches ?? [],
    },
  )
  const mandates = createMandates(ground, {
    accounts,
    history,
    notices,
    statuses,
    officers,
    backchannel: provider.backchannel,
    agencies: options.agencies,
  })
  const subjects = pairwiseSubjects(ground.hashKey)
  const actorIssuing: ActorIssuing = {
    clock,
    operator: options.operator,
    subjects,
    tokens,
    sessions: sessionStatuses,
    mandates,
    officers,
  }
  const consents = createConsents(ground, {
    accounts,
    history,
    notices,
    statuses,
    tokens,
    words: options.words,
  })
  const signingIn = authentication(ground, options, {
    history,
    accounts,
    // Who may sign documents keeps what signing asks for.
    leastAal: async (account) => {
      const held = await officers.appointmentsOf(account, clock())
      const signs = held.some(({ duties }) => duties.includes(country.officers.signer))
      return signs ? country.officers.signing.aal : undefined
    },
  })
  const { authenticatorGround, devices } = signingIn
  const revokeSessions = provider.revokeSessions
  const freezing = createFreezing(authenticatorGround, {
    accounts,
    devices,
    revokeSessions,
    statuses,
    mandates,
  })
  const proofingGround: ProofingGround = { ...ground, accounts, history }
  const recovery = createRecovery(authenticatorGround, {
    accounts,
    devices,
    revokeSessions: async (account, client) => {
      await revokeSessions(account, client)
      await statuses.withdrawSessions(client, account)
    },
    settle: (client, account, finding) =>
      settleIn(proofingGround, client, account, finding, { evenFrozen: true }),
  })
  const reproofing = createReproofing(proofingGround)
  return {
    accounts,
    history,
    tokens,
    subjects,
    actorToken: actorIssuer(actorIssuing),
    statuses,
    sessions: createFaceSessions(provider, sessionStatuses),
    clients,
    provider,
    officers,
    mandates,
    consents,
    proofingGround,
    reproofing,
    entering: createEntering(
      { ...authenticatorGround, proofing: proofingGround },
      { authenticators: signingIn.authenticators, reproofing },
    ),
    counter: createCounter(proofingGround, officers),
    ...signingIn,
    freezing,
    recovery,
    reviewing: {
      clock,
      ceremonies: authenticatorGround.ceremonies,
      rooms: givenRooms({
        consents,
        claims: provider.consents,
        clients,
        mandates,
        authenticators: signingIn.authenticators,
        words: options.words,
      }),
      days: country.authentication.reviewDays,
    },
    nameOf: async (account: string) => nameOf(await accounts.profileOf(account)),
  }
}

function providerPorts({ certificateOf, fetch }: RoomsOptions): Partial<ProviderOptions> {
  return {
    ...(certificateOf && { certificateOf }),
    ...(fetch && { fetch }),
  }
}

interface AuthenticationPorts {
  readonly history: History
  readonly accounts: Accounts
  readonly leastAal: LeastAal
}

function authentication(
  ground: IdentityGround,
  { notices, relyingParty, hashCost }: RoomsOptions,
  { history, accounts, leastAal }: AuthenticationPorts,
) {
  const { outsideProvider } = ground.country.proofing
  const authenticatorGround: AuthenticatorGround = {
    ...ground,
    rules: ground.country.authentication,
    relyingParty,
    history,
    hashCost,
    ceremonies: createCeremonies(ground),
    providers: { [outsideProvider.code]: outsideProvider.name },
    notify: (client, notice) => notices.send(client, { ...notice, kind: 'security' }),
  }
  const authenticators = createAuthenticators(authenticatorGround, leastAal)
  const devices = createDevices(ground)
  const names = createNameSignIn(authenticatorGround, {
    accounts,
    authenticators,
    devices,
    throttle: createThrottle(ground, ground.country.authentication.limits),
    onFailure: noteFailures({ ...ground, history, devices }),
  })
  return {
    authenticatorGround,
    authenticators,
    devices,
    names,
    opening: createOpening(authenticatorGround, { accounts, authenticators }),
    admission: createAdmission({ ...ground, devices }, ground.country.authentication.doors),
  }
}
