import type { Language, Text } from '@sapan/kernel'
import type { LawReference } from '../definition/definition.ts'

const section = { th: 'มาตรา', en: 'section' } as const satisfies Text

/** `ประมวลรัษฎากร มาตรา 30` */
export function lawText(
  { law, section: number }: LawReference,
  lawName: (code: string) => Text | undefined,
  language: Language,
): string {
  return `${lawName(law)?.[language] ?? law} ${section[language]} ${number}`
}
