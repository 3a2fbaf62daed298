import { filled, type Language, type Text } from '@sapan/kernel'
import { notification, plainTime } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { WaitingEffect } from '../../effects/waiting.ts'

const words = {
  title: { th: 'ทะเบียนยังไม่ตอบ', en: 'A register does not answer yet' },
  tried: {
    th: '{what} ({who}): ลองแล้ว {n} ครั้ง ตั้งแต่ {t}',
    en: '{what} ({who}): tried {n|time|times} since {t}',
  },
  next: {
    th: 'ระบบลองใหม่เอง ครั้งละห่างขึ้นจนถึงทุก 6 ชั่วโมง คุณไม่ต้องทำอะไร หากไม่ตอบเกินสองสัปดาห์ เรื่องจะกลับมาที่คุณ',
    en: 'It is tried again by itself, at growing intervals up to 6 hours. You need do nothing. After two weeks without an answer the case comes back to you.',
  },
} as const satisfies Record<string, Text>

/** While a decision is carried out: for which registers that waits, and since when; nothing where it does not. */
export function waitingSection(
  waiting: readonly WaitingEffect[],
  memberName: (member: string) => Text | undefined,
  language: Language,
): ComponentChild {
  if (waiting.length === 0) return null
  const lines = waiting.map(({ name, member, since, attempts }) => {
    const who = memberName(member)?.[language] ?? member
    const said = { what: name[language], who, n: attempts, t: plainTime(since, language) }
    return h('li', null, filled(words.tried[language], said))
  })
  return notification({
    kind: 'warning',
    title: words.title[language],
    body: [h('ul', null, ...lines), h('p', null, words.next[language])],
  })
}
