import type { Text } from '@sapan/kernel'
import { Problem } from '@sapan/kernel'
import { button, form, inset, type SiteAnswer, type SitePage, siteProblems, summaryList } from '@sapan/ui'
import { h } from 'preact'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { findGrant, grantWords, termsOf } from './grants.ts'
import type { NameKeeper } from './names.ts'

const words = {
  title: { th: 'ยกเลิกสิทธิเข้าถึง', en: 'End a grant' },
  effect: {
    th: 'เกตเวย์นี้ปฏิเสธคำขอทันที เกตเวย์ของผู้ขอจะรู้จากสารบบฉบับถัดไป หลักฐานที่ผ่านมายังอยู่ครบ สิทธิที่ยกเลิกแล้วเปิดคืนไม่ได้ ต้องให้ใหม่',
    en: 'This gateway refuses at once; the consumer’s knows by the next directory. Past evidence stays whole. What was ended is not opened again: a new grant is given.',
  },
  end: { th: 'ยกเลิกสิทธินี้', en: 'End this grant' },
  keep: { th: 'ไม่ยกเลิก', en: 'Keep it' },
} as const satisfies Record<string, Text>

export function endGrantRoutes(names: NameKeeper): OperatorRoute[] {
  const path = '/operator/grants/:hash/end'
  return [
    { method: 'GET', path, needs: 'change', handle: (request) => askPage(names, request) },
    { method: 'POST', path, needs: 'change', handle: endGrant },
  ]
}

async function askPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language, formKey } = request
  const { door } = operatorOf(request)
  const [{ hash, grant, isGiven }, names] = await Promise.all([findGrant(request), keeper.of(door)])
  if (!isGiven) throw new Problem(siteProblems['page-unknown'])
  return operatorPage(
    request,
    {
      title: words.title[language],
      isTask: true,
      above: { path: '/operator/grants', text: grantWords.title },
    },
    summaryList(termsOf(grant, names, language)),
    inset(h('p', null, words.effect[language])),
    form(
      { action: `/operator/grants/${hash}/end`, formKey },
      button({ text: words.end[language], kind: 'danger' }),
      ' ',
      h('a', { href: `/operator/grants/${hash}` }, words.keep[language]),
    ),
  )
}

async function endGrant(request: OperatorRequest): Promise<SiteAnswer> {
  await operatorOf(request).door.delete(`/v1/grants/${encodeURIComponent(request.parameters.hash ?? '')}`)
  return { kind: 'redirect', to: '/operator/grants' }
}
