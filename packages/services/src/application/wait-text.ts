import { filled, type Language, type Text } from '@sapan/kernel'
import type { Wait } from '../definition/workflow.ts'
import { lawText } from './law-text.ts'

const words = {
  days: { th: '{days} วัน', en: '{days|day|days}' },
} as const satisfies Record<string, Text>

/** How long a wait is, and by which law: `30 วัน (พระราชบัญญัติ… มาตรา 8)`. */
export function waitText(
  { days, law }: Wait,
  lawName: (code: string) => Text | undefined,
  language: Language,
): string {
  return `${filled(words.days[language], { days })} (${lawText(law, lawName, language)})`
}
