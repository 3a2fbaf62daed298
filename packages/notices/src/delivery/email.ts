import { codeLetter, formerLetter, noticeLetter } from '../mail/letters.ts'
import type { Letter } from '../mail/mailer.ts'
import { openJson } from '../store/sealing.ts'
import { type CodeContent, codePlace, type FormerContent } from '../verification/letter.ts'
import type { DeliveryGround } from './deliver.ts'
import type { Outcome, Taken } from './outbox.ts'
import { within } from './within.ts'

/** Of handing over one letter, in milliseconds; far below the lease. */
const longest = 120_000

/** Hands one letter to the mail system. Throws what the mailer throws. */
export async function deliverEmail(ground: DeliveryGround, taken: Taken): Promise<Outcome> {
  const letter = taken.content_sealed === null ? await ofNotice(ground, taken) : ofAddress(ground, taken)
  if (letter === undefined) return { state: 'skipped', why: 'no address' }
  await within(longest, ground.mailer.send(letter))
  return { state: 'sent' }
}

async function ofNotice(ground: DeliveryGround, taken: Taken): Promise<Letter | undefined> {
  if (taken.account === null || taken.kind === null) return undefined
  const recipient = await ground.addressOf(taken.account)
  if (recipient?.email === undefined) return undefined
  const written = noticeLetter(taken.kind, recipient.language, {
    message: `${ground.portal}/me/inbox/${taken.message_id}`,
    settings: `${ground.portal}/me/notices`,
  })
  return { id: taken.id, to: recipient.email, ...written }
}

function ofAddress({ sealer, portal }: DeliveryGround, taken: Taken): Letter | undefined {
  if (taken.content_sealed === null) return undefined
  const place = codePlace(taken.id)
  const content = openJson<CodeContent | FormerContent>(sealer, taken.content_sealed, place)
  const { to, language } = content
  if ('former' in content) return { id: taken.id, to, ...formerLetter(language, portal) }
  const page = content.page === undefined ? undefined : new URL(content.page, portal).href
  return { id: taken.id, to, ...codeLetter(content, page) }
}
