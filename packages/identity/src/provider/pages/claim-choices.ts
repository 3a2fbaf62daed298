import type { Language, Text } from '@sapan/kernel'
import { checkbox } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Asked, type AskedClaim, kindWords } from './asked.ts'

const words = {
  nothing: { th: 'รู้เพียงว่าเป็นคุณคนเดิม ไม่รู้ว่าคุณคือใคร', en: 'Only that it is you again, not who you are' },
  acts: { th: 'สิ่งที่ขอทำในนามของคุณ', en: 'What it asks to do in your name' },
  choose: { th: 'เลือกได้ว่าจะให้หรือไม่', en: 'You may leave this out' },
  from: { th: 'มาจาก', en: 'from' },
} as const satisfies Record<string, Text>

/**
 * What is asked for, claim by claim, and what the client may then do; what the country lets be left out can be.
 * `refused`: left out before.
 */
export function claimChoices(
  { claims, acts }: Asked,
  language: Language,
  refused: readonly string[] = [],
): ComponentChild {
  if (claims.length + acts.length === 0) return h('p', null, words.nothing[language])
  return [
    claims.length > 0 ? choices(claims, language, refused) : null,
    acts.length > 0 ? [h('h3', null, words.acts[language]), actsList(acts, language)] : null,
  ]
}

/** What a client may do in the person's name. */
export function actsList(acts: Asked['acts'], language: Language): ComponentChild {
  return h(
    'ul',
    null,
    acts.map((act) => h('li', null, act[language])),
  )
}

function choices(claims: Asked['claims'], language: Language, refused: readonly string[]): ComponentChild {
  return h(
    'ul',
    null,
    claims.map((claim) =>
      h(
        'li',
        null,
        claim.term.optional
          ? choice(claim, language, !refused.includes(claim.term.code))
          : plain(claim, language),
      ),
    ),
  )
}

/** What the form of those choices says: all claims that it showed, and those that were left out. */
export function chosenClaims(
  { claims }: Asked,
  form: URLSearchParams,
): { readonly shown: readonly string[]; readonly refused: readonly string[] } {
  const refused = claims.filter(({ term }) => term.optional && form.get(fieldOf(term.code)) !== 'yes')
  return {
    shown: claims.flatMap(({ codes }) => codes),
    refused: refused.flatMap(({ codes }) => codes),
  }
}

function plain({ term }: AskedClaim, language: Language): ComponentChild {
  return [h('strong', null, term.name[language]), ` (${aboutOf(term, language)})`]
}

function choice({ term }: AskedClaim, language: Language, isChecked: boolean): ComponentChild {
  return checkbox({
    name: fieldOf(term.code),
    label: term.name[language],
    hint: `${words.choose[language]} (${aboutOf(term, language)})`,
    isChecked,
  })
}

function aboutOf(term: AskedClaim['term'], language: Language): string {
  return `${kindWords[term.kind][language]} ${words.from[language]}${language === 'en' ? ' ' : ''}${term.source[language]}`
}

function fieldOf(code: string): string {
  return `claim-${code}`
}
