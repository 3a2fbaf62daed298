import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'

const thai = /[\u0e01-\u0e5b]/

/**
 * A name that somebody has, in its own direction, so that it turns nothing around it. One in Thai on a page in English says
 * so, for who has it read aloud (WCAG 2.2, 3.1.2).
 */
export function personName(name: string, language: Language): ComponentChild {
  return h('bdi', language !== 'th' && thai.test(name) ? { lang: 'th' } : null, name)
}
