import { isNationalId, Problem, uuidv7 } from '@sapan/kernel'
import type { Profile } from '../../account/account.ts'
import { proofingProblems } from '../../problems/proofing.ts'
import { askRegister, textIn } from '../ask-register.ts'
import { beginAttempt, endAttempt } from '../attempts.ts'
import { todayIn } from '../birth-date.ts'
import type { Evidence } from '../evidence.ts'
import type { ProofingGround } from '../ground.ts'
import type { ProofingAct } from '../population-register.ts'
import { type Finding, settle } from '../settle.ts'
import { evidenceOfAct } from '../store/evidence.ts'
import { readTravelDocument, type TravelDocument } from './read-lines.ts'

/**
 * Proves a foreigner by their passport: its lines are sound, and the Immigration Bureau knows who entered with it. They get
 * a foreigner number from the Bureau's register where they have none. Throws what `readTravelDocument` throws,
 * `proofing-no-match`, `proofing-too-many-attempts`, `proofing-register-unavailable` and what `settle` throws. A number that
 * was given before something failed is found again at the next try: the Bureau gives a person one.
 */
export async function proveByPassport(
  ground: ProofingGround,
  by: ProofingAct,
  lines: string,
): Promise<Evidence> {
  const repeatKey = `passport ${by.account} ${by.act}`
  const done = await evidenceOfAct(ground.pool, repeatKey)
  if (done?.account === by.account) return done
  const finding = await checkTraveller(ground, { asker: by.account, repeatKey }, lines)
  return await settle(ground, by.account, { ...finding, ...(by.session && { session: by.session }) })
}

/** Whom a passport belongs to, without writing anything but the attempt down here. Throws as `proveByPassport`. */
export async function checkTraveller(
  ground: ProofingGround,
  { asker, repeatKey = uuidv7(ground.clock()) }: { asker: string; repeatKey?: string },
  lines: string,
): Promise<Finding> {
  const document = readTravelDocument(lines, todayIn(ground.clock()))
  const passport = `${document.issuingState}:${document.number}`
  const attempt = await beginAttempt(ground, { asker, method: 'passport', subject: passport })
  const asked = await askBureau(ground, passport, document).catch(async (error: unknown) => {
    await endAttempt(ground, attempt, 'down')
    throw error
  })
  await endAttempt(ground, attempt, asked === undefined ? 'wrong' : 'matched')
  if (asked === undefined) throw new Problem(proofingProblems['proofing-no-match'])
  const { body, number, birthDate, exchanges } = asked
  return {
    method: 'passport',
    identifiers: [
      { scheme: 'foreigner-number', value: number },
      { scheme: 'passport', value: passport },
    ],
    profile: profileFrom(body, ground.country.proofing.registers.immigration.member, ground.clock()),
    exchanges,
    detail: { passport, birthDate, expiry: document.expiry, name: { ...document.name } },
    repeatKey,
  }
}

interface BureauAnswer {
  readonly body: Readonly<Record<string, unknown>>
  readonly number: string
  readonly birthDate: string
  readonly exchanges: readonly string[]
}

async function askBureau(
  ground: ProofingGround,
  passport: string,
  { birthDates, expiry }: TravelDocument,
): Promise<BureauAnswer | undefined> {
  const exchanges: string[] = []
  for (const birthDate of birthDates) {
    const question = { passport, birthDate, expiry }
    const checked = await askRegister(ground, 'immigration', {
      method: 'POST',
      path: '/checks',
      body: question,
    })
    exchanges.push(checked.exchange)
    if (checked.body.match !== true) continue
    const issued = await askRegister(ground, 'immigration', {
      method: 'POST',
      path: '/foreigner-numbers',
      body: question,
    })
    exchanges.push(issued.exchange)
    const number = textIn(issued.body, 'foreignerNumber') ?? ''
    // A passport that is withdrawn in between has no number.
    return isNationalId(number) ? { body: checked.body, number, birthDate, exchanges } : undefined
  }
  return undefined
}

function profileFrom(body: unknown, source: string, fetchedAt: number): Profile {
  const name = (part: string) => {
    const value = textIn(body, 'name', part) ?? ''
    return { th: value, en: value }
  }
  const [birthDate, sex, nationality] = ['birthDate', 'sex', 'nationality'].map((field) =>
    textIn(body, field),
  )
  return {
    givenName: name('given'),
    familyName: name('family'),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(nationality === undefined ? {} : { nationality }),
    source,
    fetchedAt,
  }
}
