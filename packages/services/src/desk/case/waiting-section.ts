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
  closedTitle: { th: 'เกตเวย์ยังไม่ให้ผ่าน', en: 'A gateway does not let it through yet' },
  closedNext: {
    th: 'หน่วยงานยังไม่มีสิทธิหรือข้อมูลยืนยันตัวตนที่ต้องใช้ ผู้ดูแลเกตเวย์ทราบจากบันทึกแล้ว ระบบลองใหม่เอง หากยังไม่ผ่านใน 24 ชั่วโมง เรื่องจะกลับมาที่คุณ',
    en: 'A grant or a credential of the agency is missing; the gateway’s operator sees it in the log. It is tried again by itself. After 24 hours the case comes back to you.',
  },
} as const satisfies Record<string, Text>

/** While a decision is carried out: for which registers that waits, and since when; nothing where it does not. */
export function waitingSection(
  waiting: readonly WaitingEffect[],
  memberName: (member: string) => Text | undefined,
  language: Language,
): ComponentChild {
  const closed = waiting.filter(({ isClosed }) => isClosed)
  const silent = waiting.filter(({ isClosed }) => !isClosed)
  const shown = (some: readonly WaitingEffect[], title: Text, next: Text) =>
    some.length === 0 ? null : notice(some, { title, next }, memberName, language)
  return [shown(silent, words.title, words.next), shown(closed, words.closedTitle, words.closedNext)]
}

function notice(
  waiting: readonly WaitingEffect[],
  { title, next }: { readonly title: Text; readonly next: Text },
  memberName: (member: string) => Text | undefined,
  language: Language,
): ComponentChild {
  const lines = waiting.map(({ name, member, since, attempts }) => {
    const who = memberName(member)?.[language] ?? member
    const said = { what: name[language], who, n: attempts, t: plainTime(since, language) }
    return h('li', null, filled(words.tried[language], said))
  })
  return notification({
    kind: 'warning',
    title: title[language],
    body: [h('ul', null, ...lines), h('p', null, next[language])],
  })
}
