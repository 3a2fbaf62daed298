import type { Language } from '@sapan/kernel'

const locales = { th: 'th-TH-u-ca-buddhist-nu-latn', en: 'en-GB' } as const

/** A moment as people write it: `21 พ.ย. 2569 เวลา 10:32 น.`, `21 Nov 2026, 10:32`. In Thailand's time. */
export function plainTime(at: string | number, language: Language): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'Asia/Bangkok' }).formatToParts(date)
  const parts = part({ day: 'numeric', month: 'short', year: 'numeric' })
  const value = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const day = `${value('day')} ${value('month')} ${value('year')}`
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .map((each) => each.value)
    .join('')
  return language === 'th' ? `${day} เวลา ${time} น.` : `${day}, ${time}`
}

/** `48,213 ไบต์`, `1.2 MB`. */
export function plainSize(bytes: number, language: Language): string {
  if (bytes < 1024) return language === 'th' ? `${bytes} ไบต์` : `${bytes} bytes`
  const [unit, value] = bytes < 2 ** 20 ? ['KB', bytes / 1024] : ['MB', bytes / 2 ** 20]
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`
}
