import type { Case, CasePerson } from '@sapan/casework'
import type { Language, Text } from '@sapan/kernel'
import { inset } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { ServicesGround } from '../ground.ts'
import { partiesBy } from '../submission/who.ts'

const words = {
  ended: {
    th: 'ตอนนี้คุณไม่มีอำนาจทำการแทนเจ้าของเรื่องนี้ จึงดูได้อย่างเดียว ผู้ที่มีอำนาจทำต่อได้จากหน้าเดียวกันนี้',
    en: 'You do not act for whom this is about any more, so you can only look. Whoever does goes on from this same page.',
  },
  outside: {
    th: 'อำนาจทำการแทนที่คุณมีไม่รวมเรื่องนี้ จึงดูได้อย่างเดียว ผู้ที่มีอำนาจทำต่อได้จากหน้าเดียวกันนี้',
    en: 'Your mandate does not cover acting in this, so you can only look. Whoever may goes on from this same page.',
  },
  silent: {
    th: 'ไม่ตอบในขณะนี้ จึงยังตรวจไม่ได้ว่าคุณทำการแทนเจ้าของเรื่องนี้ได้ ลองใหม่ในอีกสักครู่',
    en: 'not answering right now, so it cannot be checked that you act for whom this is about. Try again in a while.',
  },
} as const satisfies Record<string, Text>

/**
 * What is about another is acted on by who may do such things for them now: who handed it in and may do so no more, or was
 * only let look, only sees it. `parties`: of `actorIn`.
 */
export function mayAct({ party }: Pick<Case, 'party'>, { parties }: Pick<CasePerson, 'parties'>): boolean {
  return party === undefined || parties.includes(party)
}

/**
 * Why nothing is offered to who may not act: their mandate is over or for other things, or the register that would say so is
 * silent.
 */
export async function onlyLooking(
  ground: Pick<ServicesGround, 'rooms' | 'hashKey'>,
  { party }: Pick<Case, 'party'>,
  { account, parties }: CasePerson,
  language: Language,
): Promise<ComponentChild> {
  if (party !== undefined && parties.includes(party)) return inset(h('p', null, words.outside[language]))
  const { held, silent } = await ground.rooms.mandates.interests(account)
  const doubted = held.filter(({ source }) => silent.some((register) => register.source === source))
  const isInDoubt = party !== undefined && (await partiesBy(ground, account, doubted)).includes(party)
  const names = silent.map(({ name }) => name[language])
  const said = {
    th: `${names.join(' และ')}${words.silent.th}`,
    en: `${names.join(' and ')}: ${words.silent.en}`,
  }
  return inset(h('p', null, (isInDoubt ? said : words.ended)[language]))
}
