import { Problem, type Text } from '@sapan/kernel'
import {
  checkboxes,
  type FieldProblem,
  radios,
  type SiteAnswer,
  type SitePage,
  textArea,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { command } from '../parts/figures.ts'
import { shownOnce } from '../parts/shown-once.ts'
import { errorsIn, taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import type { GatewayStatus, OperatorRow } from './answers.ts'
import { operatorWords } from './operators.ts'

const words = {
  title: { th: 'เพิ่มผู้ดูแลของสมาชิก', en: 'Add an operator' },
  name: { th: 'ชื่อผู้ดูแล', en: 'Name' },
  members: { th: 'สมาชิกที่ดูแล', en: 'Members that they look after' },
  role: { th: 'บทบาท', en: 'Role' },
  opens: { th: 'เนื้อความของการแลกเปลี่ยน', en: 'What was said in exchanges' },
  opensHint: {
    th: 'เจ้าของข้อมูลเห็นทุกครั้งที่มีการเปิด ให้เฉพาะผู้ที่ต้องตรวจเรื่องร้องเรียน',
    en: 'People are told each time it is opened. For who looks into complaints alone.',
  },
  origins: { th: 'ที่อยู่ที่ระบบของสมาชิกตอบ', en: 'Where the members’ systems answer' },
  originsHint: {
    th: 'บรรทัดละหนึ่งแห่ง เช่น http://10.0.0.5:8080 เปิดบริการได้เฉพาะที่เหล่านี้',
    en: 'One on each line, such as http://10.0.0.5:8080: services may be offered at these alone.',
  },
  noName: { th: 'ระบุชื่อผู้ดูแล', en: 'Name the operator' },
  noMember: { th: 'เลือกสมาชิกอย่างน้อยหนึ่งราย', en: 'Choose at least one member' },
  noRole: { th: 'เลือกบทบาท', en: 'Choose a role' },
  made: { th: 'เพิ่มผู้ดูแลแล้ว', en: 'The operator is added' },
  token: { th: 'โทเคนของผู้ดูแล', en: 'Their token' },
  once: {
    th: 'ส่งโทเคนให้ผู้ดูแลทางที่ปลอดภัย หน้านี้จะไม่แสดงอีก เกตเวย์เก็บเฉพาะค่าแฮช',
    en: 'Give them the token by a safe way. It is not shown again: the gateway keeps its hash alone.',
  },
  back: { th: 'กลับไปที่รายการ', en: 'Back to the list' },
} as const satisfies Record<string, Text>

export function newOperatorRoutes(): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/operators/new',
      needs: 'whole',
      handle: (request) => formPage(request, []),
    },
    { method: 'POST', path: '/operator/operators', needs: 'whole', handle: addOperator },
  ]
}

async function formPage(request: OperatorRequest, problems: readonly FieldProblem[]): Promise<SitePage> {
  const { language, form: sent } = request
  const { members } = await operatorOf(request).door.get<GatewayStatus>('/v1/status')
  const error = errorsIn(problems)
  return taskForm(
    request,
    {
      title: words.title,
      above: { path: '/operator/operators', text: operatorWords.title },
      action: '/operator/operators',
      problems,
    },
    textField({
      name: 'name',
      label: words.name[language],
      value: sent.get('name') ?? '',
      error: error('name'),
      longest: 200,
    }),
    checkboxes({
      name: 'members',
      label: words.members[language],
      values: sent.getAll('members'),
      error: error('members'),
      choices: members.map((member) => ({ value: member, text: member })),
    }),
    radios({
      name: 'role',
      label: words.role[language],
      value: sent.get('role') ?? undefined,
      error: error('role'),
      choices: (['look', 'change'] as const).map((role) => ({
        value: role,
        text: operatorWords[role][language],
      })),
    }),
    checkboxes({
      name: 'opens',
      label: words.opens[language],
      hint: words.opensHint[language],
      values: sent.getAll('opens'),
      choices: [{ value: 'yes', text: operatorWords.opens[language] }],
    }),
    textArea({
      name: 'origins',
      label: words.origins[language],
      hint: words.originsHint[language],
      value: sent.get('origins') ?? '',
      error: error('origins'),
      rows: 3,
    }),
  )
}

async function addOperator(request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const wanted = {
    name: sent.get('name')?.trim() ?? '',
    members: sent.getAll('members'),
    role: ['look', 'change'].find((role) => role === sent.get('role')),
    opens: sent.get('opens') === 'yes',
    origins: (sent.get('origins') ?? '').split(/\s+/).filter(Boolean),
  }
  const problems = [
    ...(wanted.name === '' ? [{ field: 'name', text: words.noName[language] }] : []),
    ...(wanted.members.length === 0 ? [{ field: 'members', text: words.noMember[language] }] : []),
    ...(wanted.role === undefined ? [{ field: 'role', text: words.noRole[language] }] : []),
  ]
  if (problems.length > 0) return formPage(request, problems)
  try {
    const made = await operatorOf(request).door.post<OperatorRow & { token: string }>('/v1/operators', wanted)
    return madePage(made.token, request)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'request-invalid') throw error
    return formPage(request, [{ field: 'origins', text: (error.detail ?? error.type.title)[language] }])
  }
}

function madePage(token: string, request: OperatorRequest): SitePage {
  const back = { path: '/operator/operators', text: words.back }
  return shownOnce(
    request,
    { title: words.made, once: words.once, back },
    h('h2', null, words.token[request.language]),
    command(token),
  )
}
