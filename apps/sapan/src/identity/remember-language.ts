import type { Need, RelyingParty, Visitor } from '@sapan/identity'
import type { Visit } from '@sapan/ui'
import type { House } from './house.ts'

type AdmitOf = RelyingParty['admit']

/** Who chooses a language on a page while signed in is written to in it from then on. */
export function rememberingLanguage(
  { rooms, ground }: Pick<House, 'rooms' | 'ground'>,
  admit: AdmitOf,
): AdmitOf {
  const remember = async (account: string, { language }: Visit) => {
    const known = await rooms.accounts.find(account)
    if (known === undefined || known.language === language) return
    const client = await ground.pool.connect()
    try {
      await rooms.accounts.speak(client, account, language)
    } finally {
      client.release()
    }
  }
  return async (visit: Visit, needs: Need | undefined) => {
    const admission = await admit(visit, needs)
    const who: Visitor | undefined = admission.kind === 'in' ? admission.who : undefined
    if (who !== undefined && new URLSearchParams(visit.target.split('?', 2)[1]).has('lang'))
      await remember(who.account, visit).catch((error: unknown) =>
        ground.log.warn({ err: error }, 'a language was not remembered'),
      )
    return admission
  }
}
