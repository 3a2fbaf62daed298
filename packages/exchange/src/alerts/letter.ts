import type { Language, Text } from '@sapan/kernel'
import type { AlertNews } from './channel.ts'
import { nameOf } from './subject.ts'

/** More of them than anybody reads in a letter. */
const mostChecks = 20

const words = {
  subject: {
    warning: { th: 'ควรดูแล', en: 'To look after' },
    bad: { th: 'เร่งด่วน', en: 'Urgent' },
    worsened: { th: 'รุนแรงขึ้น', en: 'Worse than before' },
    reminder: { th: 'ยังไม่ได้แก้ไข', en: 'Not mended yet' },
    ended: { th: 'กลับเป็นปกติ', en: 'Well again' },
    test: { th: 'ทดสอบการแจ้งเตือน', en: 'A test of alerts' },
  },
  tested: {
    th: 'อีเมลฉบับนี้ส่งเพื่อทดสอบ หากมีเรื่องที่ต้องดูแล จะแจ้งมาที่อีเมลนี้',
    en: 'This letter is a test. When something is wrong, you are told at this address.',
  },
  gateway: { th: 'เกตเวย์', en: 'Gateway' },
  center: { th: 'ศูนย์กลาง', en: 'Center' },
  code: { th: 'รหัส', en: 'Code' },
  since: { th: 'ตั้งแต่', en: 'Since' },
  ended: { th: 'เรื่องนี้กลับเป็นปกติแล้ว', en: 'This is well again.' },
  next: { th: 'สิ่งที่ต้องทำ', en: 'What to do' },
  more: { th: 'และอีก', en: 'And more of the kind:' },
  all: { th: 'ดูทั้งหมดด้วยคำสั่ง sapan doctor', en: 'See all of it: sapan doctor' },
} as const

/** What is told, as a letter: what it is about in the subject, then what was found and what to do. */
export function alertLetter(
  news: AlertNews,
  language: Language,
): { readonly subject: string; readonly text: string; readonly html: string } {
  const subject = `${subjectOf(news)[language]}: ${news.event === 'test' ? '' : `${news.code}, `}${nameOf(news)}`
  const paragraphs = paragraphsOf(news, language)
  const html = paragraphs.map((lines) => `<p>${lines.map(escaped).join('<br>')}</p>`).join('')
  return {
    subject,
    text: `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>${html}</body></html>`,
  }
}

function subjectOf(news: AlertNews): Text {
  if (news.event !== 'began') return words.subject[news.event]
  return words.subject[news.outcome === 'bad' ? 'bad' : 'warning']
}

function paragraphsOf(news: AlertNews, language: Language): string[][] {
  const say = (text: Text) => text[language]
  const of = `${say('gateway' in news ? words.gateway : words.center)}: ${nameOf(news)}`
  if (news.event === 'test') return [[say(words.tested)], [of]]
  const { code, since, checks = [] } = news
  const left = checks.length - mostChecks
  return [
    ...(news.event === 'ended' ? [[say(words.ended)]] : []),
    ...checks
      .slice(0, mostChecks)
      .map(({ text, next }) => [say(text), ...(next === null ? [] : [`${say(words.next)}: ${say(next)}`])]),
    ...(left > 0 ? [[`${say(words.more)} ${left}`]] : []),
    [of, `${say(words.code)}: ${code}`, `${say(words.since)}: ${time(since)}`],
    [say(words.all)],
  ]
}

function time(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
