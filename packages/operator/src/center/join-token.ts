import { Problem, type Text } from '@sapan/kernel'
import {
  button,
  confirmation,
  errorSummary,
  type FieldProblem,
  form,
  inset,
  linkButton,
  type SiteAnswer,
  type SitePage,
  textArea,
  textField,
} from '@sapan/ui'
import { h } from 'preact'
import { command, timeOf } from '../parts/figures.ts'
import { operatorPage } from '../parts/page.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { gatewayWords } from './gateways.ts'

const words = {
  lead: {
    th: 'โทเคนให้เกตเวย์หนึ่งแห่งเข้าร่วมได้ครั้งเดียว ส่งให้ผู้ดูแลเกตเวย์ทางที่ปลอดภัย',
    en: 'It lets one gateway join, once. Give it to the gateway’s operator by a safe way.',
  },
  gateway: { th: 'เกตเวย์', en: 'Gateway' },
  gatewayHint: {
    th: 'สมาชิกเจ้าของและชื่อ เช่น TH/GOV/DOPA/gateway-1',
    en: 'Its owner and a name, such as TH/GOV/DOPA/gateway-1',
  },
  members: { th: 'สมาชิกอื่นที่เกตเวย์นี้พูดแทน', en: 'Other members for which it speaks' },
  membersHint: { th: 'บรรทัดละหนึ่งราย เว้นว่างถ้าไม่มี', en: 'One on each line; empty where there are none.' },
  hosts: { th: 'โฮสต์ที่เกตเวย์ใช้ได้', en: 'Hosts at which it may be' },
  hostsHint: {
    th: 'บรรทัดละหนึ่งชื่อ เว้นว่างให้เป็นโฮสต์ที่ใช้ตอนเข้าร่วม',
    en: 'One on each line; empty for the one with which it joins.',
  },
  noGateway: { th: 'ระบุเกตเวย์', en: 'Name the gateway' },
  made: { th: 'ออกโทเคนแล้ว', en: 'The token is made' },
  until: { th: 'ใช้ได้ถึง', en: 'Good until' },
  once: {
    th: 'คัดลอกตอนนี้ หน้านี้จะไม่แสดงอีก ศูนย์กลางเก็บเฉพาะค่าแฮช',
    en: 'Copy it now. It is not shown again: the center keeps its hash alone.',
  },
  next: { th: 'ผู้ดูแลเกตเวย์พิมพ์คำสั่งนี้บนเครื่องของตน', en: 'The gateway’s operator types this on their machine' },
  back: { th: 'กลับไปที่เกตเวย์', en: 'Back to the gateways' },
} as const satisfies Record<string, Text>

/** Tokens with which gateways join: shown once. */
export function joinTokenRoutes(): OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/operator/gateways/token',
      needs: 'change',
      handle: (request) => tokenForm(request, []),
    },
    { method: 'POST', path: '/operator/gateways/token', needs: 'change', handle: makeToken },
  ]
}

function tokenForm(request: OperatorRequest, problems: readonly FieldProblem[]): SitePage {
  const { language, formKey, form: sent, query } = request
  const member = query.get('member')
  const page = operatorPage(
    request,
    {
      title: gatewayWords.token[language],
      isTask: true,
      lead: words.lead,
      above: { path: '/operator/gateways', text: gatewayWords.title },
    },
    errorSummary(problems, language),
    form(
      { action: '/operator/gateways/token', formKey },
      textField({
        name: 'gateway',
        label: words.gateway[language],
        hint: words.gatewayHint[language],
        value: sent.get('gateway') ?? (member === null ? '' : `${member}/gateway-1`),
        error: problems.find(({ field }) => field === 'gateway')?.text,
        longest: 300,
      }),
      textArea({
        name: 'members',
        label: words.members[language],
        hint: words.membersHint[language],
        value: sent.get('members') ?? '',
        rows: 3,
      }),
      textArea({
        name: 'hosts',
        label: words.hosts[language],
        hint: words.hostsHint[language],
        value: sent.get('hosts') ?? '',
        rows: 3,
      }),
      button({ text: gatewayWords.token[language] }),
    ),
  )
  return { ...page, status: problems.length > 0 ? 422 : 200 }
}

async function makeToken(request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const gateway = sent.get('gateway')?.trim() ?? ''
  if (gateway === '') return tokenForm(request, [{ field: 'gateway', text: words.noGateway[language] }])
  const hosts = lines(sent.get('hosts'))
  try {
    const made = await operatorOf(request).door.post<{ token: string; expiresAt: string }>('/v1/tokens', {
      gateway,
      members: lines(sent.get('members')),
      ...(hosts.length > 0 ? { hosts } : {}),
    })
    return madePage(made, request)
  } catch (error) {
    if (!(error instanceof Problem) || error.type.status >= 500 || error.type.status === 401) throw error
    const text = `${(error.detail ?? error.type.title)[language]}. ${error.type.next[language]}`
    return tokenForm(request, [{ field: 'gateway', text }])
  }
}

function lines(text: string | null): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean)
}

function madePage(
  { token, expiresAt }: { token: string; expiresAt: string },
  { language }: OperatorRequest,
): SitePage {
  const body = confirmation({
    title: words.made[language],
    next: [
      h('p', null, words.next[language]),
      command(`sapan gateway join --token ${token}`),
      h('p', null, `${words.until[language]} `, timeOf(expiresAt, language)),
      inset(h('p', null, words.once[language])),
      linkButton({ text: words.back[language], href: '/operator/gateways', kind: 'secondary' }),
    ],
  })
  return { kind: 'page', title: words.made[language], body }
}
