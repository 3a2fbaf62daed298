import { keyedHash } from '@sapan/trust'
import type { Account } from '../account/account.ts'
import { todayIn } from './birth-date.ts'
import { methodOf } from './country.ts'
import type { ProofingGround } from './ground.ts'
import { checkTraveller } from './passport/passport.ts'
import { readTravelDocument } from './passport/read-lines.ts'
import { type CardAnswers, checkCard } from './population-register.ts'
import type { Finding } from './settle.ts'

/** Who somebody was found to be who cannot sign in. Nothing was changed in the account. */
export interface Reproofed {
  /** The account of this person; undefined where they have none. Tell them apart to nobody but the person. */
  readonly account: Account | undefined
  readonly method: Finding['method']
  /** What the method gives: recovery may ask for as much as the account had. */
  readonly ial: string
  readonly exchanges: readonly string[]
  readonly how: 'remote' | 'in-person'
  /** What recovery keeps of it: the exchange's number, or else the act's own. */
  readonly evidence: string
  /** Writes what was found into the account, with `settle`, once recovery lets them in. */
  readonly finding: Finding
}

/**
 * Proofing anew, for recovery: it needs no account, and finds the one that the person proved before. `asker` keys the
 * attempts, together with the number that is asked about: the network address, which many may have in common, so that who
 * guesses about one number keeps nobody out who asks about another.
 */
export interface Reproofing {
  /** Throws as `proveByPopulationRegister`, but for what concerns an account. */
  byCard(asker: string, answers: CardAnswers): Promise<Reproofed>
  /** Throws as `proveByPassport`, but for what concerns an account. */
  byPassport(asker: string, lines: string): Promise<Reproofed>
  /** What an outside provider or an officer found. */
  byFinding(finding: Finding): Promise<Reproofed>
}

export function createReproofing(ground: ProofingGround): Reproofing {
  const about = (asker: string, subject: string): string =>
    `reproof:${keyedHash(ground.hashKey, `reproof-asker:${asker}:${subject}`).toString('base64url')}`
  const reproofed = async (finding: Finding): Promise<Reproofed> => {
    const { method, exchanges } = finding
    const { ial } = methodOf(ground.country.proofing, method)
    const how = method === 'in-person' ? 'in-person' : 'remote'
    const evidence = exchanges[0] ?? finding.repeatKey
    return { account: await holderOf(ground, finding), method, ial, exchanges, how, evidence, finding }
  }
  return {
    byCard: async (asker, answers) =>
      reproofed(await checkCard(ground, { asker: about(asker, answers.nationalId) }, answers)),
    byPassport: async (asker, lines) => {
      const { issuingState, number } = readTravelDocument(lines, todayIn(ground.clock()))
      const document = `${issuingState}:${number}`
      return reproofed(await checkTraveller(ground, { asker: about(asker, document) }, lines))
    },
    byFinding: reproofed,
  }
}

async function holderOf(
  { accounts }: ProofingGround,
  { identifiers }: Finding,
): Promise<Account | undefined> {
  // Lasting numbers come first: a passport may have been lost to somebody else.
  for (const { scheme, value } of identifiers) {
    const account = await accounts.findByIdentifier(scheme, value)
    if (account !== undefined) return account
  }
  return undefined
}
