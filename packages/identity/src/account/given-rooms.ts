import type { Text } from '@sapan/kernel'
import { kindNames } from '../authenticators/authenticator.ts'
import type { Authenticators } from '../authenticators/authenticators.ts'
import type { Clients } from '../clients/clients.ts'
import type { Consents } from '../consents/consents.ts'
import { orCode, type PlainWords } from '../consents/plain-words.ts'
import type { Mandates } from '../mandates/mandates.ts'
import type { ClaimsConsents } from '../provider/consents.ts'
import type { Given, GivenRooms } from './given-lately.ts'

export interface GivenRoomsPorts {
  readonly consents: Pick<Consents, 'of' | 'withdraw'>
  /** What services are told at sign-in. */
  readonly claims: Pick<ClaimsConsents, 'of' | 'withdraw'>
  readonly clients: Pick<Clients, 'find'>
  readonly mandates: Pick<Mandates, 'overview' | 'withdraw'> & {
    readonly proposals: Pick<Mandates['proposals'], 'takeBack'>
  }
  readonly authenticators: Pick<Authenticators, 'list' | 'remove'>
  readonly words: Pick<PlainWords, 'member' | 'service'>
}

/** Consents, services that are told of one, mandates, offers and ways of signing in, as the review of a frozen account sees them. */
export function givenRooms(ports: GivenRoomsPorts): GivenRooms {
  const { consents, claims, mandates, authenticators, words } = ports
  return {
    consent: {
      since: async (account, at) =>
        (await consents.of(account)).flatMap(({ id, state, givenAt, consumer, service }) =>
          state === 'given' && givenAt !== undefined && givenAt >= at
            ? [{ id, at: givenAt, text: consentText(words, consumer, service) }]
            : [],
        ),
      withdraw: (by, id) => consents.withdraw(by, id),
    },
    service: {
      since: async (account, at) => await servicesSince(ports, account, at),
      withdraw: ({ account }, id) => claims.withdraw(account, id),
    },
    mandate: {
      since: async (account, at) => {
        const { given, held } = await mandates.overview({ account })
        const ofPersons = held.filter(({ giver }) => giver !== undefined)
        return after(at, [
          ...given.map(({ id, holderName }) => ({ id, at: madeAt(id), text: givenText(holderName) })),
          ...ofPersons.map(({ id, name }) => ({ id, at: madeAt(id), text: heldText(name) })),
        ])
      },
      withdraw: (by, id) => mandates.withdraw(by, id),
    },
    offer: {
      since: async (account, at) => {
        const { sent } = await mandates.overview({ account })
        const open = sent.filter(({ state }) => state === 'open')
        return after(
          at,
          open.map(({ id, createdAt, direction }) => ({ id, at: createdAt, text: offerTexts[direction] })),
        )
      },
      withdraw: (by, id) => mandates.proposals.takeBack(by, id),
    },
    authenticator: {
      since: async (account, at) =>
        after(
          at,
          (await authenticators.list(account)).map(({ id, kind, name, addedAt }) => ({
            id,
            at: addedAt,
            text: {
              th: `วิธีเข้าสู่ระบบ: ${kindNames[kind].th}${name && ` “${name}”`}`,
              en: `A way to sign in: ${kindNames[kind].en}${name && ` “${name}”`}`,
            },
          })),
        ),
      withdraw: (by, id) => authenticators.remove(by, id),
    },
  }
}

async function servicesSince(
  { claims, clients }: GivenRoomsPorts,
  account: string,
  at: number,
): Promise<Given[]> {
  const told = (await claims.of(account)).filter(({ givenAt }) => givenAt >= at)
  return await Promise.all(
    told.map(async ({ id, givenAt, client }) => {
      const { th, en } = orCode((await clients.find(client))?.names, client)
      const text = {
        th: `บริการที่รู้ข้อมูลหรือทำในนามของคุณได้เมื่อเข้าสู่ระบบ: ${th}`,
        en: `A service that is told about you at sign-in, or acts in your name: ${en}`,
      }
      return { id, at: givenAt, text }
    }),
  )
}

function after(at: number, given: readonly Given[]): Given[] {
  return given.filter((one) => one.at >= at)
}

/** When a UUID of version 7 was made (RFC 9562 §5.7), in milliseconds since 1970. */
function madeAt(id: string): number {
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16)
}

function consentText(words: GivenRoomsPorts['words'], consumer: string, service: string): Text {
  const who = orCode(words.member(consumer), consumer)
  const what = orCode(words.service(service), service)
  return {
    th: `ความยินยอมให้ ${who.th} ดูข้อมูล: ${what.th}`,
    en: `A consent that lets ${who.en} see: ${what.en}`,
  }
}

function givenText(holder: Text): Text {
  return {
    th: `การมอบอำนาจให้ ${holder.th || 'ผู้อื่น'} ทำการแทนคุณ`,
    en: `A mandate that lets ${holder.en || holder.th || 'another person'} act for you`,
  }
}

function heldText(name: Text): Text {
  return {
    th: `การรับอำนาจทำการแทน ${name.th || 'ผู้อื่น'}`,
    en: `A mandate with which you act for ${name.en || name.th || 'another person'}`,
  }
}

const offerTexts = {
  give: { th: 'ข้อเสนอให้ผู้อื่นทำการแทนคุณ', en: 'An offer that lets somebody act for you' },
  ask: { th: 'คำขอทำการแทนผู้อื่น', en: 'A request to act for somebody' },
} as const satisfies Record<string, Text>
