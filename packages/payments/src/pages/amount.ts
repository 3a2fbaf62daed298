import type { Language } from '@sapan/kernel'

/** `1,234.50 บาท`, `1,234.50 baht` of 123,450 satang. */
export function plainBaht(satang: number, language: Language): string {
  return `${bareBaht(satang)} ${language === 'th' ? 'บาท' : 'baht'}`
}

/** The same without its unit, for columns that name it. Never by way of a fraction. */
export function bareBaht(satang: number): string {
  const sign = satang < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(satang) / 100).toLocaleString('en-US')
  return `${sign}${whole}.${String(Math.abs(satang) % 100).padStart(2, '0')}`
}
