import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  details,
  emptyState,
  linkButton,
  type SiteFile,
  type SitePage,
  siteProblems,
  summaryList,
  table,
  tag,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { code, command, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { Grants, OperationRow, ServiceRow } from './answers.ts'
import type { NameKeeper, Names } from './names.ts'

export const serviceWords = {
  title: { th: 'บริการ', en: 'Services' },
  personal: { th: 'มีข้อมูลบุคคล', en: 'personal data' },
} as const satisfies Record<string, Text>

const words = {
  lead: {
    th: 'บริการที่สมาชิกของเกตเวย์นี้เปิดให้หน่วยงานอื่น ตามคำอธิบาย OpenAPI ของบริการ',
    en: 'What members of this gateway offer to others, as each service’s OpenAPI describes it.',
  },
  service: { th: 'บริการ', en: 'Service' },
  member: { th: 'สมาชิก', en: 'Member' },
  operations: { th: 'การทำงาน', en: 'Operations' },
  data: { th: 'ข้อมูล', en: 'Data' },
  noPersonal: { th: 'ไม่มีข้อมูลบุคคล', en: 'no personal data' },
  none: { th: 'ยังไม่ได้เปิดบริการ', en: 'No service is offered yet' },
  noneNext: {
    th: 'เปิดบริการแรกจากคำอธิบาย OpenAPI ของระบบของท่าน',
    en: 'Offer the first one by the OpenAPI description of your system.',
  },
  address: { th: 'ที่อยู่ของบริการ', en: 'Address' },
  url: { th: 'ระบบของหน่วยงานที่ตอบ', en: 'Your system that answers' },
  timeout: { th: 'รอคำตอบได้', en: 'Waits for an answer' },
  seconds: { th: 'วินาที', en: 's' },
  evidence: { th: 'หลักฐานเก็บเนื้อความ', en: 'Evidence keeps' },
  full: { th: 'ทั้งหมด โดยปิดผนึก', en: 'whole messages, sealed' },
  digest: { th: 'เฉพาะค่าแฮช', en: 'their digests only' },
  download: { th: 'ดาวน์โหลด', en: 'Download' },
  downloadOf: { th: 'ดาวน์โหลดคำอธิบาย OpenAPI', en: 'Download the OpenAPI description' },
  openapi: { th: 'แฮชของคำอธิบาย OpenAPI', en: 'Hash of the OpenAPI description' },
  add: { th: 'เปิดบริการ', en: 'Offer a service' },
  end: { th: 'ปิดบริการนี้', en: 'Withdraw this service' },
  give: { th: 'ให้สิทธิเข้าถึงบริการนี้', en: 'Give a grant to this service' },
  grants: { th: 'สิทธิที่ให้ไว้', en: 'Grants given' },
  noGrants: { th: 'ยังไม่มีใครได้รับสิทธิ บริการนี้จึงปฏิเสธทุกคำขอ', en: 'Nobody holds one, so every call is refused' },
  fields: { th: 'รายการข้อมูลที่ตอบได้', en: 'Fields of its answers' },
  query: { th: 'พารามิเตอร์', en: 'Query parameters' },
  noFields: { th: 'ไม่มีรายการข้อมูล', en: 'no fields' },
} as const satisfies Record<string, Text>

export function serviceRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/services',
      needs: 'look',
      handle: (request) => servicesPage(names, request),
    },
    {
      method: 'GET',
      path: '/operator/services/:service',
      needs: 'look',
      handle: (request) => servicePage(names, request),
    },
    { method: 'GET', path: '/operator/services/:service/openapi', needs: 'look', handle: openapiFile },
  ]
}

/** Where a service is shown. */
export function addressOfService(id: string): string {
  return `/operator/services/${encodeURIComponent(id)}`
}

/** A service that this operator may see. Throws `page-unknown`. */
export async function findService(request: OperatorRequest, id: string | undefined): Promise<ServiceRow> {
  const { services } = await operatorOf(request).door.get<{ services: readonly ServiceRow[] }>('/v1/services')
  const found = services.find((service) => service.id === id)
  if (found === undefined) throw new Problem(siteProblems['page-unknown'])
  return found
}

async function servicesPage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language } = request
  const { door, mayChange } = operatorOf(request)
  const [{ services }, names] = await Promise.all([
    door.get<{ services: readonly ServiceRow[] }>('/v1/services'),
    keeper.of(door),
  ])
  return operatorPage(
    request,
    { title: serviceWords.title[language], lead: words.lead },
    mayChange && h('p', null, linkButton({ text: words.add[language], href: '/operator/services/new' })),
    services.length === 0
      ? emptyState(
          words.none[language],
          h('p', null, words.noneNext[language]),
          command('sapan service add openapi.json --subsystem … --url http://…'),
        )
      : serviceTable(services, names, language),
  )
}

async function openapiFile(request: OperatorRequest): Promise<SiteFile> {
  const service = await findService(request, request.parameters.service)
  const path = `/v1/services/${encodeURIComponent(service.id)}/openapi`
  const body = await operatorOf(request).door.file(path)
  return { kind: 'file', contentType: 'application/json', name: `${service.id.split('/').at(-1)}.json`, body }
}

function serviceTable(services: readonly ServiceRow[], names: Names, language: Language): ComponentChild {
  return table({
    caption: serviceWords.title[language],
    isCaptionHidden: true,
    columns: [
      { title: words.service[language] },
      { title: words.member[language] },
      { title: words.operations[language], isNumber: true },
      { title: words.data[language] },
    ],
    rows: services.map(({ id, title, member, operations, personal }) => [
      [h('a', { href: addressOfService(id) }, title[language]), h('br', null), code(id)],
      h('bdi', null, names.member(member)?.[language] ?? member),
      String(operations.length),
      personalTag(personal, language),
    ]),
  })
}

function personalTag(personal: boolean, language: Language): ComponentChild {
  return personal ? tag(serviceWords.personal[language], 'info') : tag(words.noPersonal[language])
}

async function servicePage(keeper: NameKeeper, request: OperatorRequest): Promise<SitePage> {
  const { language, parameters } = request
  const { door, mayChange } = operatorOf(request)
  const [service, { issued }, names] = await Promise.all([
    findService(request, parameters.service),
    door.get<Grants>('/v1/grants'),
    keeper.of(door),
  ])
  const grants = issued.filter(({ grant }) => grant.service === service.id)
  return operatorPage(
    request,
    { title: service.title[language], above: { path: '/operator/services', text: serviceWords.title } },
    serviceFigures(service, language),
    mayChange &&
      h(
        'p',
        null,
        linkButton({
          text: words.give[language],
          href: `/operator/grants/new?${new URLSearchParams({ service: service.id })}`,
        }),
        ' ',
        h('a', { href: `${addressOfService(service.id)}/end` }, words.end[language]),
      ),
    h('h2', null, words.operations[language]),
    service.operations.map((operation) => operationPart(operation, language)),
    h('h2', null, words.grants[language]),
    grants.length === 0
      ? h('p', null, words.noGrants[language])
      : h(
          'ul',
          null,
          grants.map(({ hash, grant }) =>
            h(
              'li',
              null,
              h(
                'a',
                { href: `/operator/grants/${hash}` },
                names.memberOf(grant.consumer)?.[language] ?? grant.consumer,
              ),
              ` ${grant.purpose} `,
              timeOf(grant.expires, language),
            ),
          ),
        ),
  )
}

function serviceFigures(service: ServiceRow, language: Language): ComponentChild {
  return summaryList([
    { key: words.address[language], value: code(service.id) },
    { key: words.data[language], value: personalTag(service.personal, language) },
    { key: words.url[language], value: code(service.url) },
    { key: words.timeout[language], value: `${service.timeoutMs / 1000} ${words.seconds[language]}` },
    { key: words.evidence[language], value: words[service.evidence][language] },
    {
      key: words.openapi[language],
      value: code(service.openapi),
      action: {
        href: `${addressOfService(service.id)}/openapi`,
        text: words.download[language],
        label: words.downloadOf[language],
      },
    },
  ])
}

function operationPart(
  { id, method, path, summary, fields, query }: OperationRow,
  language: Language,
): ComponentChild {
  const list = (values: readonly string[]) =>
    values.length === 0 ? words.noFields[language] : values.map((value) => [code(value), ' '])
  return [
    h('h3', null, summary[language]),
    h('p', null, code(`${method} ${path}`), ' ', code(id)),
    details(
      { summary: `${words.fields[language]} (${fields.length})` },
      h('p', null, list(fields)),
      query.length === 0 ? null : h('p', null, `${words.query[language]}: `, list(query)),
    ),
  ]
}
