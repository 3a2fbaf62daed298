import type { Language, Text } from '@sapan/kernel'
import { type FieldProblem, radios, type SiteAnswer, type SitePage, textField } from '@sapan/ui'
import { refusalOf } from '../parts/refusal.ts'
import { errorsIn, taskForm } from '../parts/task-form.ts'
import { type OperatorRequest, type OperatorRoute, operatorOf } from '../visitor.ts'
import { addressOfMember, classWords, findMember, memberWords } from './members.ts'

const words = {
  class: { th: 'ประเภทของสมาชิก', en: 'What kind of member' },
  code: { th: 'รหัส', en: 'Code' },
  memberHint: { th: 'ตัวอักษรอังกฤษ เช่น DOPA', en: 'Latin letters, such as DOPA' },
  subsystemHint: { th: 'ตัวอักษรอังกฤษตัวเล็ก เช่น population', en: 'Small Latin letters, such as population' },
  nameTh: { th: 'ชื่อภาษาไทย', en: 'Name in Thai' },
  nameEn: { th: 'ชื่อภาษาอังกฤษ', en: 'Name in English' },
  noClass: { th: 'เลือกประเภทของสมาชิก', en: 'Choose what kind of member it is' },
  noCode: { th: 'ระบุรหัส', en: 'Give a code' },
  noNameTh: { th: 'ระบุชื่อภาษาไทย', en: 'Give the name in Thai' },
  noNameEn: { th: 'ระบุชื่อภาษาอังกฤษ', en: 'Give the name in English' },
} as const satisfies Record<string, Text>

const classes = ['GOV', 'LOC', 'COM', 'NGO'] as const

/** Members, and the subsystems of one. */
export function addMemberRoutes(): OperatorRoute[] {
  const subsystems = '/operator/members/:member/subsystems'
  return [
    {
      method: 'GET',
      path: '/operator/members/new',
      needs: 'change',
      handle: (request) => memberForm(request, []),
    },
    { method: 'POST', path: '/operator/members', needs: 'change', handle: addMember },
    {
      method: 'GET',
      path: `${subsystems}/new`,
      needs: 'change',
      handle: (request) => subsystemForm(request, []),
    },
    { method: 'POST', path: subsystems, needs: 'change', handle: addSubsystem },
  ]
}

/** A text field that shows again what was sent, and what is wrong with it. */
function textOf({ form: sent, language }: OperatorRequest, problems: readonly FieldProblem[]) {
  return (name: string, label: Text, hint?: Text) =>
    textField({
      name,
      label: label[language],
      hint: hint?.[language],
      value: sent.get(name) ?? '',
      error: errorsIn(problems)(name),
      longest: 300,
    })
}

function memberForm(request: OperatorRequest, problems: readonly FieldProblem[]): SitePage {
  const { language, form: sent } = request
  const field = textOf(request, problems)
  return taskForm(
    request,
    {
      title: memberWords.add,
      above: { path: '/operator/members', text: memberWords.title },
      action: '/operator/members',
      problems,
    },
    radios({
      name: 'class',
      label: words.class[language],
      value: sent.get('class') ?? undefined,
      error: errorsIn(problems)('class'),
      choices: classes.map((value) => ({ value, text: classWords[value][language] })),
    }),
    field('code', words.code, words.memberHint),
    field('name-th', words.nameTh),
    field('name-en', words.nameEn),
  )
}

async function subsystemForm(request: OperatorRequest, problems: readonly FieldProblem[]): Promise<SitePage> {
  const { id, name } = await findMember(request, request.parameters.member)
  const field = textOf(request, problems)
  return taskForm(
    request,
    {
      title: memberWords.addSubsystem,
      above: { path: addressOfMember(id), text: name },
      action: `${addressOfMember(id)}/subsystems`,
      problems,
    },
    field('code', words.code, words.subsystemHint),
    field('name-th', words.nameTh),
    field('name-en', words.nameEn),
  )
}

async function addMember(request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language } = request
  const problems = [
    ...(classes.some((value) => value === sent.get('class'))
      ? []
      : [{ field: 'class', text: words.noClass[language] }]),
    ...missing(sent, language),
  ]
  if (problems.length > 0) return memberForm(request, problems)
  return attempt(
    async () => {
      const body = { class: sent.get('class'), code: sent.get('code')?.trim(), name: nameIn(sent) }
      const { id } = await operatorOf(request).door.post<{ id: string }>('/v1/members', body)
      return { kind: 'redirect', to: addressOfMember(id) }
    },
    (text) => memberForm(request, [{ field: 'code', text }]),
    language,
  )
}

async function addSubsystem(request: OperatorRequest): Promise<SiteAnswer> {
  const { form: sent, language, parameters } = request
  const { id } = await findMember(request, parameters.member)
  const problems = missing(sent, language)
  if (problems.length > 0) return subsystemForm(request, problems)
  return attempt(
    async () => {
      const body = { id: `${id}/${sent.get('code')?.trim()}`, name: nameIn(sent) }
      await operatorOf(request).door.post('/v1/subsystems', body)
      return { kind: 'redirect', to: addressOfMember(id) }
    },
    (text) => subsystemForm(request, [{ field: 'code', text }]),
    language,
  )
}

/** What the center refuses of a code is said beside it. */
async function attempt(
  act: () => Promise<SiteAnswer>,
  refused: (text: string) => SitePage | Promise<SitePage>,
  language: Language,
): Promise<SiteAnswer> {
  try {
    return await act()
  } catch (error) {
    return refused(refusalOf(error, language))
  }
}

function nameIn(sent: URLSearchParams): Text {
  return { th: sent.get('name-th')?.trim() ?? '', en: sent.get('name-en')?.trim() ?? '' }
}

function missing(sent: URLSearchParams, language: Language): FieldProblem[] {
  const asked = [
    ['code', words.noCode],
    ['name-th', words.noNameTh],
    ['name-en', words.noNameEn],
  ] as const
  return asked.flatMap(([field, text]) =>
    (sent.get(field)?.trim() ?? '') === '' ? [{ field, text: text[language] }] : [],
  )
}
