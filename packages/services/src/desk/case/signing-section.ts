import type { Visitor } from '@sapan/identity'
import { button, form, inset, type SiteRequest } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { DeskOutput, DeskSigning } from '../options.ts'
import type { OpenCase } from './case-page.ts'
import { words } from './words.ts'

/** The documents that the decision brings, each to be read and signed by the officer with their own key. */
export async function signingSection(
  signing: DeskSigning | undefined,
  { language, formKey }: SiteRequest<Visitor>,
  { case: found, officer }: OpenCase,
): Promise<ComponentChild> {
  if (signing === undefined) return inset(words.noSigning[language])
  const outputs = await signing.outputs(found.id, officer)
  const named = (text: string, { name }: DeskOutput) => text.replace('{name}', name[language])
  const one = (output: DeskOutput) => {
    const at = `/desk/cases/${found.id}/outputs/${output.output}`
    if (output.isSigned) return h('li', null, named(words.signed[language], output))
    return h(
      'li',
      null,
      h('p', null, h('a', { href: at }, named(words.signRead[language], output))),
      form(
        { action: `${at}/sign`, formKey },
        h('input', { type: 'hidden', name: 'version', value: found.caseVersion }),
        button({ text: named(words.signOne[language], output) }),
      ),
    )
  }
  const isAnySigned = outputs.some(({ isSigned }) => isSigned)
  const isAllSigned = outputs.every(({ isSigned }) => isSigned)
  return [
    h('h3', null, words.sign[language]),
    h('ul', { class: 'plain' }, ...outputs.map(one)),
    outputs.length === 0 || isAnySigned
      ? form(
          { action: `/desk/cases/${found.id}/sign`, formKey },
          h('input', { type: 'hidden', name: 'version', value: found.caseVersion }),
          // What is signed does nothing yet, which nobody sees by the word "signed" alone.
          isAnySigned ? h('p', { class: 'quiet' }, words.signTakeHint[language]) : null,
          button({ text: words.signTake[language], kind: isAllSigned ? 'main' : 'secondary' }),
        )
      : null,
  ]
}
