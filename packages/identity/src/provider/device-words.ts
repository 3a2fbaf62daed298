import type { Text } from '@sapan/kernel'

/** The first that fits: most browsers call themselves by the names of others too. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR/', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Line/', 'LINE'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const

/** What a browser calls itself, in words that its owner knows again: "Chrome on Windows". */
export function deviceWords(userAgent: string): Text {
  const browser = named(browsers, userAgent)
  const system = named(systems, userAgent)
  if (browser === undefined && system === undefined) return { th: 'อุปกรณ์ที่ไม่รู้จัก', en: 'An unknown device' }
  if (browser === undefined || system === undefined) {
    const one = browser ?? system ?? ''
    return { th: one, en: one }
  }
  return { th: `${browser} บน ${system}`, en: `${browser} on ${system}` }
}

function named(list: readonly (readonly [mark: string, name: string])[], text: string): string | undefined {
  return list.find(([mark]) => text.includes(mark))?.[1]
}
