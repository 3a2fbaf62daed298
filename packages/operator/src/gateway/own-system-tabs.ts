import type { Language, Text } from '@sapan/kernel'
import { tabs } from '@sapan/ui'

const title: Text = { th: 'ระบบภายในของหน่วยงาน', en: 'Own systems' }

/** The lists of own systems, each a page. */
const lists = {
  credentials: {
    path: '/operator/credentials',
    text: { th: 'ข้อมูลยืนยันตัวตน', en: 'Credentials' },
  },
  gdx: { path: '/operator/credentials/gdx', text: { th: 'ผู้เรียกแบบ GDX', en: 'Callers of GDX' } },
} as const satisfies Record<string, { readonly path: string; readonly text: Text }>

export function ownSystemTabs(current: keyof typeof lists, language: Language) {
  return tabs(
    title[language],
    Object.entries(lists).map(([name, { path, text }]) => ({
      href: path,
      text: text[language],
      isCurrent: name === current,
    })),
  )
}
