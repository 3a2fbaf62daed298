import { type Language, Problem, type Text } from '@sapan/kernel'
import {
  checkboxes,
  type FieldProblem,
  radios,
  type SiteAnswer,
  type SitePage,
  summaryList,
  textArea,
  textField,
} from '@sapan/ui'
import { code } from '../parts/figures.ts'
import { shownOnce } from '../parts/shown-once.ts'
import { errorsIn, taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { CredentialRow, GatewayStatus } from './answers.ts'
import { credentialWords } from './credentials.ts'
import type { NameKeeper } from './names.ts'

const words = {
  title: { th: 'เพิ่มข้อมูลยืนยันตัวตน', en: 'Add a credential' },
  name: { th: 'ชื่อของระบบ', en: 'Name of the system' },
  nameHint: { th: 'เพื่อให้จำได้ เช่น ระบบภาษี', en: 'To know it again, such as tax system' },
  kind: { th: 'วิธียืนยันตัวตน', en: 'How it proves who it is' },
  oauthHint: { th: 'เกตเวย์ออกรหัสลับให้ แสดงครั้งเดียว', en: 'The gateway makes a secret and shows it once.' },
  certificateHint: {
    th: 'ระบบใช้ใบรับรองของตนเองแบบ mTLS',
    en: 'The system shows its own certificate (mutual TLS).',
  },
  subsystems: { th: 'พูดแทนระบบย่อย', en: 'Speaks for' },
  pem: { th: 'ใบรับรองแบบ PEM', en: 'Certificate, as PEM' },
  pemHint: { th: 'เฉพาะเมื่อเลือกใบรับรอง', en: 'Only where it proves itself by one.' },
  noName: { th: 'ระบุชื่อของระบบ', en: 'Name the system' },
  noKind: { th: 'เลือกวิธียืนยันตัวตน', en: 'Choose how it proves who it is' },
  noSubsystem: { th: 'เลือกระบบย่อยอย่างน้อยหนึ่งระบบ', en: 'Choose at least one subsystem' },
  noCertificate: {
    th: 'วางใบรับรองแบบ PEM ที่ขึ้นต้นด้วย -----BEGIN CERTIFICATE-----',
    en: 'Paste a PEM certificate, which begins with -----BEGIN CERTIFICATE-----',
  },
  made: { th: 'เพิ่มแล้ว', en: 'It is added' },
  secret: { th: 'รหัสลับ', en: 'Secret' },
  id: { th: 'รหัสระบบ (client_id)', en: 'client_id' },
  once: {
    th: 'คัดลอกรหัสลับไปไว้ในระบบตอนนี้ หน้านี้จะไม่แสดงอีก เกตเวย์เก็บเฉพาะค่าแฮช',
    en: 'Copy the secret into the system now. It is not shown again: the gateway keeps its hash alone.',
  },
  back: { th: 'กลับไปที่รายการ', en: 'Back to the list' },
} as const satisfies Record<string, Text>

export function newCredentialRoutes(names: NameKeeper): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/credentials/new',
      needs: 'change',
      handle: async (request) => formPage(await ownSubsystems(names, request), request, []),
    },
    {
      method: 'POST',
      path: '/operator/credentials',
      needs: 'change',
      handle: (request) => addCredential(names, request),
    },
  ]
}

/** The subsystems of the members for which this operator works. */
async function ownSubsystems(
  keeper: NameKeeper,
  request: OperatorRequest,
): Promise<{ id: string; name: Text }[]> {
  const { door } = operatorOf(request)
  const [{ members }, { directory }] = await Promise.all([
    door.get<GatewayStatus>('/v1/status'),
    keeper.of(door),
  ])
  return directory.members
    .filter(({ id }) => members.includes(id))
    .flatMap(({ id, subsystems }) => subsystems.map((one) => ({ id: `${id}/${one.code}`, name: one.name })))
}

function formPage(
  subsystems: readonly { id: string; name: Text }[],
  request: OperatorRequest,
  problems: readonly FieldProblem[],
): SitePage {
  const { language, form: sent } = request
  const error = errorsIn(problems)
  return taskForm(
    request,
    {
      title: words.title,
      above: { path: '/operator/credentials', text: credentialWords.title },
      action: '/operator/credentials',
      problems,
    },
    textField({
      name: 'name',
      label: words.name[language],
      hint: words.nameHint[language],
      value: sent.get('name') ?? '',
      error: error('name'),
      longest: 200,
    }),
    radios({
      name: 'kind',
      label: words.kind[language],
      value: sent.get('kind') ?? undefined,
      error: error('kind'),
      choices: [
        { value: 'oauth', text: credentialWords.oauth[language], hint: words.oauthHint[language] },
        {
          value: 'certificate',
          text: credentialWords.certificate[language],
          hint: words.certificateHint[language],
        },
      ],
    }),
    checkboxes({
      name: 'subsystems',
      label: words.subsystems[language],
      values: sent.getAll('subsystems'),
      error: error('subsystems'),
      choices: subsystems.map(({ id, name }) => ({ value: id, text: id, hint: name[language] })),
    }),
    textArea({
      name: 'certificate',
      label: words.pem[language],
      hint: words.pemHint[language],
      value: sent.get('certificate') ?? '',
      error: error('certificate'),
    }),
  )
}

async function addCredential(names: NameKeeper, request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const subsystems = await ownSubsystems(names, request)
  const kind = sent.get('kind')
  const certificate = sent.get('certificate')?.trim() ?? ''
  const problems = missing(sent, language)
  if (problems.length > 0) return formPage(subsystems, request, problems)
  try {
    const made = await operatorOf(request).door.post<CredentialRow & { secret?: string }>('/v1/credentials', {
      kind,
      name: sent.get('name')?.trim(),
      subsystems: sent.getAll('subsystems'),
      ...(kind === 'certificate' ? { certificate } : {}),
    })
    return madePage(made, request)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'request-invalid') throw error
    return formPage(subsystems, request, [{ field: 'certificate', text: words.noCertificate[language] }])
  }
}

function missing(sent: URLSearchParams, language: Language): FieldProblem[] {
  const kind = sent.get('kind')
  const certificate = sent.get('certificate')?.trim() ?? ''
  return [
    ...((sent.get('name')?.trim() ?? '') === '' ? [{ field: 'name', text: words.noName[language] }] : []),
    ...(kind === 'oauth' || kind === 'certificate' ? [] : [{ field: 'kind', text: words.noKind[language] }]),
    ...(sent.getAll('subsystems').length === 0
      ? [{ field: 'subsystems', text: words.noSubsystem[language] }]
      : []),
    ...(kind === 'certificate' && certificate === ''
      ? [{ field: 'certificate', text: words.noCertificate[language] }]
      : []),
  ]
}

function madePage({ id, secret }: CredentialRow & { secret?: string }, request: OperatorRequest): SitePage {
  const { language } = request
  const back = { path: '/operator/credentials', text: words.back }
  return shownOnce(
    request,
    { title: words.made, once: secret === undefined ? undefined : words.once, back },
    summaryList([
      { key: words.id[language], value: code(id) },
      ...(secret === undefined ? [] : [{ key: words.secret[language], value: code(secret) }]),
    ]),
  )
}
