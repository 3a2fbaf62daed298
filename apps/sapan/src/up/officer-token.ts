import type { Need, Rooms, Visitor } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import { button, form, inset, type SiteAnswer, type SiteRequest, type SiteRoute, textField } from '@sapan/ui'
import { h } from 'preact'

const words = {
  title: { th: 'โทเคนของเจ้าหน้าที่ (สาธิต)', en: "An officer's token (demonstration)" },
  lead: {
    th: 'ลองเรียกข้อมูลในฐานะเจ้าหน้าที่ด้วย sapan call --actor โทเคนใช้ได้ 5 นาที',
    en: 'Try a call as this officer, with sapan call --actor. A token is good for 5 minutes.',
  },
  case: { th: 'เลขเรื่อง (เว้นว่างได้)', en: 'Case (may be left empty)' },
  go: { th: 'ออกโทเคน', en: 'Give me a token' },
} as const satisfies Record<string, Text>

const path = '/desk/officer-token'

/** Lets an officer of the demonstration try a call as themselves; a real system exchanges its own token (RFC 8693). */
export function officerTokenRoutes({ actorToken }: Pick<Rooms, 'actorToken'>): SiteRoute<Visitor, Need>[] {
  return [
    { method: 'GET', path, needs: {}, handle: (request) => page(request) },
    {
      method: 'POST',
      path,
      needs: {},
      handle: async (request) => page(request, await tokenFor(actorToken, request)),
    },
  ]
}

/** For a system of the officer's own agency, under the duty of theirs that decides on cases, or the first. */
async function tokenFor(give: Rooms['actorToken'], { who, form: sent }: SiteRequest<Visitor>) {
  const { account, session, level, officer } = who
  if (officer === undefined) return undefined
  const { agency, appointment, duties } = officer
  const named = (sent.get('case') ?? '').trim().slice(0, 80)
  const duty = duties.find((code) => code === 'case-officer') ?? duties[0] ?? ''
  const { token } = await give({
    account,
    client: 'demonstration',
    member: agency,
    session,
    level,
    parameters: { appointment, scope: duty, ...(named === '' ? {} : { case: named }) },
  })
  return token
}

function page({ language, formKey }: SiteRequest<Visitor>, token?: string): SiteAnswer {
  return {
    kind: 'page',
    title: words.title[language],
    body: h(
      'div',
      { class: 'column' },
      h('h1', null, words.title[language]),
      inset(h('p', null, words.lead[language])),
      token === undefined ? null : h('pre', { tabIndex: 0 }, h('code', null, token)),
      form(
        { action: path, formKey },
        textField({ name: 'case', label: words.case[language], autocomplete: 'off', longest: 80, width: 20 }),
        button({ text: words.go[language] }),
      ),
    ),
  }
}
