import type { Text } from '@sapan/kernel'
import { button, form, inset, type SiteAnswer, type SitePage, summaryList } from '@sapan/ui'
import { h } from 'preact'
import { code } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { addressOfService, findService, serviceWords } from './services.ts'

const words = {
  title: { th: 'ปิดบริการ', en: 'Withdraw a service' },
  service: { th: 'บริการ', en: 'Service' },
  effect: {
    th: 'เกตเวย์นี้ปฏิเสธคำขอทันที และบริการหายไปจากสารบบฉบับถัดไป หลักฐานที่ผ่านมายังอยู่ครบ',
    en: 'This gateway refuses at once, and the next directory no longer lists it. Past evidence stays whole.',
  },
  end: { th: 'ปิดบริการนี้', en: 'Withdraw this service' },
  keep: { th: 'ไม่ปิด', en: 'Keep it' },
} as const satisfies Record<string, Text>

export function endServiceRoutes(): OperatorRoute[] {
  const path = '/operator/services/:service/end'
  return [
    { method: 'GET', path, needs: 'change', handle: askPage },
    { method: 'POST', path, needs: 'change', handle: endService },
  ]
}

async function askPage(request: OperatorRequest): Promise<SitePage> {
  const { language, formKey, parameters } = request
  const { id, title } = await findService(request, parameters.service)
  return operatorPage(
    request,
    {
      title: words.title[language],
      isTask: true,
      above: { path: '/operator/services', text: serviceWords.title },
    },
    summaryList([{ key: words.service[language], value: [h('bdi', null, title[language]), ' ', code(id)] }]),
    inset(h('p', null, words.effect[language])),
    form(
      { action: `${addressOfService(id)}/end`, formKey },
      button({ text: words.end[language], kind: 'danger' }),
      ' ',
      h('a', { href: addressOfService(id) }, words.keep[language]),
    ),
  )
}

async function endService(request: OperatorRequest): Promise<SiteAnswer> {
  await operatorOf(request).door.delete(
    `/v1/services/${encodeURIComponent(request.parameters.service ?? '')}`,
  )
  return { kind: 'redirect', to: '/operator/services' }
}
