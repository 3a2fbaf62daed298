import { isNationalId, Problem, type Text, uuidv7 } from '@sapan/kernel'
import type { Profile } from '../account/account.ts'
import { proofingProblems } from '../problems/proofing.ts'
import { askRegister, textIn } from './ask-register.ts'
import { beginAttempt, endAttempt } from './attempts.ts'
import type { Evidence } from './evidence.ts'
import type { ProofingGround } from './ground.ts'
import { type Finding, settle } from './settle.ts'
import { evidenceOfAct } from './store/evidence.ts'

/** What is printed on a national ID card. */
export interface CardAnswers {
  /** Thirteen digits. */
  readonly nationalId: string
  /** The code on the back, with or without hyphens. */
  readonly cardCode: string
  /** As `readBirthDate` gives them: asked one after the other, which is one attempt. */
  readonly birthDates: readonly [string, ...string[]]
}

/** Who proves something, in which act: sent again under the same name, it is done once. */
export interface ProofingAct {
  readonly account: string
  readonly act: string
  readonly session?: string
}

/**
 * Proves a person by the population register: number, card code and birth date belong together and the card is valid.
 * Throws `proofing-no-match`, `proofing-document-not-valid`, `proofing-too-many-attempts`, `proofing-register-unavailable`
 * and what `settle` throws; then nothing was changed.
 */
export async function proveByPopulationRegister(
  ground: ProofingGround,
  by: ProofingAct,
  answers: CardAnswers,
): Promise<Evidence> {
  const done = await evidenceOfAct(ground.pool, repeatKeyOf(by))
  if (done?.account === by.account) return done
  const finding = await checkCard(ground, { asker: by.account, repeatKey: repeatKeyOf(by) }, answers)
  return await settle(ground, by.account, { ...finding, ...(by.session && { session: by.session }) })
}

function repeatKeyOf({ account, act }: ProofingAct): string {
  return `population-register ${account} ${act}`
}

/** Whom a card belongs to, without writing anything but the attempt down. Throws as `proveByPopulationRegister`. */
export async function checkCard(
  ground: ProofingGround,
  { asker, repeatKey = uuidv7(ground.clock()) }: { asker: string; repeatKey?: string },
  answers: CardAnswers,
): Promise<Finding> {
  if (!isNationalId(answers.nationalId)) throw new Problem(proofingProblems['proofing-no-match'])
  const about = { asker, method: 'population-register', subject: answers.nationalId } as const
  const attempt = await beginAttempt(ground, about)
  const { body, exchanges } = await askUntilMatch(ground, answers).catch(async (error: unknown) => {
    await endAttempt(ground, attempt, 'down')
    throw error
  })
  await endAttempt(ground, attempt, body === undefined ? 'wrong' : 'matched')
  if (body === undefined) throw new Problem(proofingProblems['proofing-no-match'])
  const cardStatus = textIn(body, 'cardStatus')
  if (cardStatus !== 'valid') throw new Problem(proofingProblems['proofing-document-not-valid'])
  return {
    method: 'population-register',
    identifiers: [{ scheme: 'national-id', value: answers.nationalId }],
    profile: profileFrom(body, ground.country.proofing.registers.population.member, ground.clock()),
    exchanges,
    detail: { ...answers, cardStatus },
    repeatKey,
  }
}

async function askUntilMatch(
  ground: ProofingGround,
  { nationalId, cardCode, birthDates }: CardAnswers,
): Promise<{ body: Readonly<Record<string, unknown>> | undefined; exchanges: readonly string[] }> {
  const exchanges: string[] = []
  for (const birthDate of birthDates) {
    const body = { nationalId, cardCode, birthDate }
    const answer = await askRegister(ground, 'population', { method: 'POST', path: '/checks', body })
    exchanges.push(answer.exchange)
    // The register's word is taken only for the number that it was asked about.
    if (answer.body.match === true && textIn(answer.body, 'nationalId') === nationalId)
      return { body: answer.body, exchanges }
  }
  return { body: undefined, exchanges }
}

/** Names exactly as the register has them, however odd; whoever shows them makes them safe. */
export function profileFrom(body: unknown, source: string, fetchedAt: number): Profile {
  const name = (part: string): Text => ({
    th: textIn(body, 'name', 'th', part) ?? '',
    en: textIn(body, 'name', 'en', part) ?? '',
  })
  const [birthDate, sex] = [textIn(body, 'birthDate'), textIn(body, 'sex')]
  return {
    givenName: name('given'),
    familyName: name('family'),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    source,
    fetchedAt,
  }
}
