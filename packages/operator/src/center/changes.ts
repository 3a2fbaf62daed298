import type { Text } from '@sapan/kernel'
import { emptyState, pagination, type SitePage, table } from '@sapan/ui'
import { h } from 'preact'
import { code, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { ChangeRow } from './answers.ts'

const words = {
  title: { th: 'บันทึกการเปลี่ยนแปลง', en: 'Changes' },
  lead: {
    th: 'ใครเปลี่ยนอะไรที่ศูนย์กลาง เมื่อใด บันทึกนี้แก้ไขและลบไม่ได้',
    en: 'Who changed what at the center, and when. This record is neither altered nor deleted.',
  },
  when: { th: 'เวลา', en: 'When' },
  who: { th: 'ผู้ทำ', en: 'Who' },
  what: { th: 'การเปลี่ยนแปลง', en: 'What' },
  subject: { th: 'ของ', en: 'Of what' },
  none: { th: 'ยังไม่มีการเปลี่ยนแปลง', en: 'Nothing was changed yet' },
} as const satisfies Record<string, Text>

/** As many as the API gives at once. */
const pageSize = 200

export function changeRoutes(): OperatorRoute[] {
  return [{ method: 'GET', path: '/operator/changes', needs: 'look', handle: changesPage }]
}

async function changesPage(request: OperatorRequest): Promise<SitePage> {
  const { language, query } = request
  const before = /^\d{1,15}$/.exec(query.get('before') ?? '')?.[0]
  const { entries } = await operatorOf(request).door.get<{ entries: readonly ChangeRow[] }>('/v1/audit', {
    before,
  })
  const last = entries.length === pageSize ? entries.at(-1)?.id : undefined
  return operatorPage(
    request,
    { title: words.title[language], lead: words.lead },
    entries.length === 0
      ? emptyState(words.none[language])
      : table({
          caption: words.title[language],
          isCaptionHidden: true,
          columns: [
            { title: words.when[language] },
            { title: words.who[language] },
            { title: words.what[language] },
            { title: words.subject[language] },
          ],
          rows: entries.map(({ at, actor, action, subject }) => [
            timeOf(at, language),
            h('bdi', null, actor),
            code(action),
            code(subject),
          ]),
        }),
    pagination({ language, next: last === undefined ? undefined : `/operator/changes?before=${last}` }),
  )
}
