import type { Language, Text } from '@sapan/kernel'
import type { ComponentChildren } from 'preact'
import type { JsonValue } from './task.ts'

/** What the pages know of a kind of task; whoever opens such tasks tells. */
export interface TaskKind {
  readonly name: Text
  /** The detail as a page shows it; by default its members one below the other. */
  readonly detail?: (detail: JsonValue, language: Language) => ComponentChildren
  /** What the person whom it is about reads of it: what they asked or told. Nothing by default. */
  readonly asked?: (detail: JsonValue, language: Language) => ComponentChildren
  /** Where tasks of this kind are decided, by rules of their own: they have no page among the others. */
  readonly page?: (task: string) => string
}

/** Names for what tasks have as codes. A code without a name is shown as it is. */
export interface TaskNames {
  readonly kinds: Readonly<Record<string, TaskKind>>
  readonly duties: Readonly<Record<string, Text>>
  /** The name of a member. */
  readonly agency: (id: string) => Text
}

export function kindName({ kinds }: TaskNames, kind: string): Text {
  return kinds[kind]?.name ?? { th: kind, en: kind }
}

export function dutyName({ duties }: TaskNames, duty: string): Text {
  return duties[duty] ?? { th: duty, en: duty }
}
