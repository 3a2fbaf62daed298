import type { Text } from '@sapan/kernel'

/** What codes mean in words that people know: from the country pack, the directory and services' descriptions. */
export interface PlainWords {
  /** Of a member or one of its subsystems. */
  member(id: string): Text | undefined
  service(id: string): Text | undefined
  operation(service: string, operation: string): Text | undefined
  /** What a caller gives in the query; without it, its name stands for itself. */
  parameter?(service: string, operation: string, name: string): Text | undefined
  purpose(code: string): { readonly name: Text; readonly about: Text } | undefined
  /** A field of a service's answer, by the vocabulary's term. */
  field(service: string, path: string): Text | undefined
}

/** A code that nobody has words for stands for itself. */
export function orCode(words: Text | undefined, code: string): Text {
  return words ?? { th: code, en: code }
}

/** `*` is everything that the service answers. */
export function fieldWords(words: PlainWords, service: string, path: string): Text {
  if (path === '*') return { th: 'ข้อมูลทั้งหมดของบริการนี้', en: 'Everything that this service answers' }
  return orCode(words.field(service, path), path)
}
