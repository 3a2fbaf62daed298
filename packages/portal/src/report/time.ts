import type { Language } from '@sapan/kernel'

const timeZone = 'Asia/Bangkok'
const locales = { th: 'th-TH-u-ca-buddhist-nu-latn', en: 'en-GB' } as const

/** A moment as people write it: `21 พ.ย. 2569 เวลา 10:32 น.`, `21 Nov 2026, 10:32`. In Thailand's time. */
export function plainTime(at: string | number, language: Language): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  const day = dayOf(date, language)
  const time = new Intl.DateTimeFormat(locales[language], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(date)
  return language === 'th' ? `${day} เวลา ${time} น.` : `${day}, ${time}`
}

/** A day as people write it: `21 พ.ย. 2569`, `21 Nov 2026`. Empty where there is no such day. */
export function plainDay(day: string, language: Language): string {
  const date = new Date(`${day}T12:00:00+07:00`)
  return Number.isNaN(date.getTime()) ? '' : dayOf(date, language)
}

function dayOf(date: Date, language: Language): string {
  const parts = new Intl.DateTimeFormat(locales[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  }).formatToParts(date)
  const value = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${value('day')} ${value('month')} ${value('year')}`
}

/** `48,213 ไบต์`, `1.2 MB`. */
export function plainSize(bytes: number, language: Language): string {
  if (bytes < 1024) return language === 'th' ? `${bytes} ไบต์` : `${bytes} bytes`
  const [unit, value] = bytes < 2 ** 20 ? ['KB', bytes / 1024] : ['MB', bytes / 2 ** 20]
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`
}
