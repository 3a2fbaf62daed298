import type { Language, Text } from '@sapan/kernel'
import { tabs } from '@sapan/ui'

const title: Text = { th: 'รายการข้อความ', en: 'Lists of messages' }

/** The lists about messages, each a page. */
export const messageLists = {
  dead: { path: '/operator/messages', text: { th: 'ส่งไม่สำเร็จ', en: 'Dead letters' } },
  sent: { path: '/operator/messages/sent', text: { th: 'ที่ส่ง', en: 'Sent' } },
  came: { path: '/operator/messages/received', text: { th: 'ที่ได้รับ', en: 'Received' } },
  followed: { path: '/operator/messages/followed', text: { th: 'ข่าวที่ติดตาม', en: 'Followed topics' } },
} as const satisfies Record<string, { readonly path: string; readonly text: Text }>

export type MessageList = keyof typeof messageLists

export function messageTabs(current: MessageList, language: Language) {
  return tabs(
    title[language],
    Object.entries(messageLists).map(([name, { path, text }]) => ({
      href: path,
      text: text[language],
      isCurrent: name === current,
    })),
  )
}
