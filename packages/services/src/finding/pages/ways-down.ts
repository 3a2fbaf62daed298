import type { Language } from '@sapan/kernel'
import { breadcrumbs } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import { words } from './words.ts'

/** The way down to a page of finding; further steps lie between the catalogue and the page. */
export function waysDown(
  language: Language,
  ...further: readonly { readonly href: string; readonly text: string }[]
): ComponentChild {
  const first = [
    { href: '/', text: words.home[language] },
    { href: '/services', text: words.catalogue[language] },
  ]
  return breadcrumbs([...first, ...further], language)
}
