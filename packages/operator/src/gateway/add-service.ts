import { Problem, type Text } from '@sapan/kernel'
import { type FieldProblem, fileField, type SiteAnswer, type SitePage, select, textField } from '@sapan/ui'
import { refusalOf } from '../parts/refusal.ts'
import { errorsIn, taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GatewayStatus, ServiceRow } from './answers.ts'
import type { NameKeeper } from './names.ts'
import { addressOfService, serviceWords } from './services.ts'

const words = {
  title: { th: 'เปิดบริการ', en: 'Offer a service' },
  lead: {
    th: 'บริการเปิดจากคำอธิบาย OpenAPI 3.1 เมื่อเปิดแล้วยังไม่มีใครเรียกได้ จนกว่าจะให้สิทธิ',
    en: 'A service is offered by its OpenAPI 3.1 description. Nobody may call it before they hold a grant.',
  },
  subsystem: { th: 'ระบบย่อยที่เปิดบริการ', en: 'Subsystem that offers it' },
  choose: { th: 'เลือกระบบย่อย', en: 'Choose a subsystem' },
  file: { th: 'คำอธิบาย OpenAPI (แฟ้ม JSON)', en: 'OpenAPI description (a JSON file)' },
  code: { th: 'รหัสบริการและรุ่น', en: 'Code and version' },
  codeHint: {
    th: 'เช่น person-v1 เว้นว่างได้ถ้าคำอธิบายมี x-sapan-code',
    en: 'Such as person-v1; empty where the description has x-sapan-code.',
  },
  url: { th: 'ที่อยู่ของระบบที่ตอบ', en: 'Address of the system that answers' },
  urlHint: { th: 'เช่น http://127.0.0.1:8080/api', en: 'Such as http://127.0.0.1:8080/api' },
  noSubsystem: { th: 'เลือกระบบย่อย', en: 'Choose the subsystem' },
  noFile: { th: 'เลือกแฟ้ม JSON ของคำอธิบาย OpenAPI', en: 'Choose the JSON file of the description' },
  noUrl: {
    th: 'ระบุที่อยู่ที่ขึ้นต้นด้วย http:// หรือ https://',
    en: 'Give an address that begins with http:// or https://',
  },
} as const satisfies Record<string, Text>

const mostBytes = 2 * 1024 * 1024

export function addServiceRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/services/new',
      needs: 'change',
      handle: (request) => serviceForm(names, request, []),
    },
    {
      method: 'POST',
      path: '/operator/services',
      needs: 'change',
      uploadBytes: mostBytes,
      handle: (request) => addService(names, request),
    },
  ]
}

async function serviceForm(
  keeper: NameKeeper,
  request: OperatorRequest,
  problems: readonly FieldProblem[],
): Promise<SitePage> {
  const { language, form: sent } = request
  const { door } = operatorOf(request)
  const [{ members }, { directory }] = await Promise.all([
    door.get<GatewayStatus>('/v1/status'),
    keeper.of(door),
  ])
  const own = directory.members.filter(({ id }) => members.includes(id))
  const error = errorsIn(problems)
  return taskForm(
    request,
    {
      title: words.title,
      lead: words.lead,
      above: { path: '/operator/services', text: serviceWords.title },
      action: '/operator/services',
      files: true,
      problems,
    },
    select({
      name: 'subsystem',
      label: words.subsystem[language],
      empty: words.choose[language],
      value: sent.get('subsystem') ?? undefined,
      error: error('subsystem'),
      choices: own.flatMap(({ id, subsystems }) =>
        subsystems.map((one) => ({
          value: `${id}/${one.code}`,
          text: `${one.name[language]} (${id}/${one.code})`,
        })),
      ),
    }),
    fileField({ name: 'openapi', label: words.file[language], accept: '.json', error: error('openapi') }),
    textField({
      name: 'code',
      label: words.code[language],
      hint: words.codeHint[language],
      value: sent.get('code') ?? '',
      error: error('code'),
      longest: 60,
    }),
    textField({
      name: 'url',
      label: words.url[language],
      hint: words.urlHint[language],
      value: sent.get('url') ?? '',
      error: error('url'),
      longest: 500,
    }),
  )
}

async function addService(names: NameKeeper, request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language, files } = request
  const openapi = described(files?.get('openapi')?.bytes)
  const [subsystem = '', code = '', url = ''] = ['subsystem', 'code', 'url'].map((name) =>
    sent.get(name)?.trim(),
  )
  const problems = [
    ...(subsystem === '' ? [{ field: 'subsystem', text: words.noSubsystem[language] }] : []),
    ...(openapi === undefined ? [{ field: 'openapi', text: words.noFile[language] }] : []),
    ...(/^https?:\/\/./.test(url) ? [] : [{ field: 'url', text: words.noUrl[language] }]),
  ]
  if (problems.length > 0) return serviceForm(names, request, problems)
  try {
    const wanted = { subsystem, openapi, url, ...(code === '' ? {} : { code }) }
    const { id } = await operatorOf(request).door.post<ServiceRow>('/v1/services', wanted)
    return { kind: 'redirect', to: addressOfService(id) }
  } catch (error) {
    const text = refusalOf(error, language)
    return serviceForm(names, request, [{ field: fieldOf(error), text }])
  }
}

/** Which field it is that the gateway does not take. */
function fieldOf(error: unknown): string {
  const code = error instanceof Problem ? error.code : ''
  if (code === 'origin-not-allowed') return 'url'
  if (code === 'client-unknown') return 'subsystem'
  return code === 'request-invalid' ? 'code' : 'openapi'
}

function described(bytes: Uint8Array | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
