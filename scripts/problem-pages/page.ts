import { type Language, Problem, type ProblemType, problemDocument } from '@sapan/kernel'
import { xroadError } from '../../packages/exchange/src/xroad/error.ts'

/** The headings that each language's part of a page has, in this order. */
export const headings: Readonly<Record<Language, readonly [why: string, next: string, example: string]>> = {
  th: ['## ทำไมจึงเกิดขึ้น', '## ทำอย่างไรต่อ', '## ตัวอย่างคำตอบ'],
  en: ['## Why it happens', '## What to do next', '## Example answer'],
}

/** Where the reader meets the problem: at a gateway's edge, at an interface that only speaks RFC 9457, in the terminal. */
type Shape = 'http' | 'json' | 'cli'

const marker = /^<!-- example (http|json|cli)(?:: (.+?))? -->$/m
const host = 'https://gateway.example'

/**
 * The page with all that the registry knows put in: the titles, the registered next step as the first of "what to do", and
 * the example answer below its marker `<!-- example http: detail -->`. What a person wrote stays as it is.
 * Throws when the page has not the parts that a page has.
 */
export function filledPage(markdown: string, type: ProblemType): string {
  const [th, en, ...more] = markdown.split(/^---$/m)
  if (th === undefined || en === undefined || more.length > 0)
    throw new Error(`${type.code}: a page has two parts, Thai and English, with one line --- between them`)
  const details = { th: detailOf(th), en: detailOf(en) }
  return `${filledPart(th, 'th', type, details)}\n---\n\n${filledPart(en, 'en', type, details)}`
}

function detailOf(part: string): string | undefined {
  return marker.exec(part)?.[2]
}

function filledPart(
  part: string,
  language: Language,
  type: ProblemType,
  details: Readonly<Record<Language, string | undefined>>,
): string {
  const [why, next, example] = headings[language]
  const [before, nextAndExample, ...none] = part.split(`\n${next}\n`)
  const [steps, after, ...nothing] = (nextAndExample ?? '').split(`\n${example}\n`)
  const found = marker.exec(after ?? '')
  const meaning = before?.replace(/^\s*# .*\n/, '').split(`\n${why}\n`)
  if (meaning?.length !== 2 || steps === undefined || found === null || none.length + nothing.length > 0)
    throw new Error(
      `${type.code}: the part in "${language}" lacks one of: ${why}, ${next}, ${example}, its marker`,
    )
  const own = steps.trim().split('\n').slice(1).join('\n')
  const shape = found[1] as Shape
  const shown = exampleOf(new Problem(type, withDetail(details)), shape, language)
  return [
    `# ${type.title[language]}`,
    meaning[0]?.trim(),
    why,
    meaning[1]?.trim(),
    next,
    [`- ${sentence(type.next[language], language)}`, own].filter((line) => line !== '').join('\n'),
    example,
    found[0],
    `${shown}\n`,
  ].join('\n\n')
}

function withDetail({ th, en }: Readonly<Record<Language, string | undefined>>) {
  return th === undefined || en === undefined ? {} : { detail: { th, en } }
}

function sentence(text: string, language: Language): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return language === 'en' && !/[.!?…]$/.test(begun) ? `${begun}.` : begun
}

function exampleOf(problem: Problem, shape: Shape, language: Language): string {
  if (shape === 'cli') return fence('text', terminalLines(problem, language))
  const document = fence('json', JSON.stringify(problemDocument(problem, host, language), null, 2))
  const asked = {
    th: 'เมื่อส่ง `Accept: application/problem+json`:',
    en: 'With `Accept: application/problem+json`:',
  }
  const otherwise = { th: 'ไม่เช่นนั้น ในรูปของ X-Road:', en: 'Otherwise, in X-Road’s shape:' }
  if (shape === 'json') return document
  const xroad = fence(
    'json',
    JSON.stringify(xroadError(problem, '4bf92f3577b34da6a3ce929d0e0e4736'), null, 2),
  )
  return [asked[language], document, otherwise[language], xroad].join('\n\n')
}

function terminalLines({ type, detail, code }: Problem, language: Language): string {
  const code_ = language === 'th' ? 'รหัส' : 'code'
  const next = language === 'th' ? 'ขั้นต่อไป:' : 'Next:'
  const lines = [`✗ ${type.title[language]}`, `  ${code_} ${code}`, `${next} ${type.next[language]}`]
  return (detail === undefined ? lines : lines.toSpliced(1, 0, `  ${detail[language]}`)).join('\n')
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}
