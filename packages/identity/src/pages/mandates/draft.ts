import { counted, isNationalId, type Text } from '@sapan/kernel'
import { readDate } from '@sapan/ui'
import { startOfDay } from '../../mandates/ages.ts'
import type { NewProposal } from '../../mandates/given/propose.ts'
import { longestDays } from '../../mandates/given/terms.ts'
import type { MandatePagesOptions } from './parts.ts'

/** The questions of an offer or a request, in their order. */
export const steps = ['to', 'scopes', 'amount', 'agencies', 'from', 'till', 'reason', 'check'] as const
export type Step = (typeof steps)[number]
export type Direction = NewProposal['direction']

/** Fields that go from page to page: nothing of it stands in an address. */
export const fields = [
  'way',
  'number',
  'scopes',
  'amount',
  'agencies',
  'from-day',
  'from-month',
  'from-year',
  'till-day',
  'till-month',
  'till-year',
  'reason',
] as const

export const fieldsOf: Readonly<Record<Step, readonly (typeof fields)[number][]>> = {
  to: ['way', 'number'],
  scopes: ['scopes'],
  amount: ['amount'],
  agencies: ['agencies'],
  from: ['from-day', 'from-month', 'from-year'],
  till: ['till-day', 'till-month', 'till-year'],
  reason: ['reason'],
  check: [],
}

/** Whether a question is asked at all. */
export function isAsked(
  step: Step,
  { country, agencies }: MandatePagesOptions,
  { direction, form }: { direction: Direction; form: URLSearchParams },
): boolean {
  if (step === 'reason') return direction === 'ask'
  if (step === 'agencies') return agencies.length > 0
  if (step !== 'amount') return true
  const chosen = form.getAll('scopes')
  return country.scopes.some(({ code, person }) => person?.amount === true && chosen.includes(code))
}

/** What is wrong with the answer to one question, and at which field. */
export function fault(
  step: Step,
  { country, clock }: MandatePagesOptions,
  form: URLSearchParams,
): { readonly field: string; readonly text: Text } | undefined {
  const at = (field: string, th: string, en: string) => ({ field, text: { th, en } })
  if (step === 'to' && form.get('way') === null)
    return at('way', 'เลือกวิธีบอกว่าเป็นใคร', 'Choose how to say who it is.')
  if (step === 'to' && form.get('way') === 'number' && !isNationalId(digits(form)))
    return at('number', 'กรอกเลข 13 หลักให้ถูกต้อง', 'Enter the 13 digits as they are on the card.')
  if (step === 'scopes' && form.getAll('scopes').length === 0)
    return at('scopes', 'เลือกอย่างน้อยหนึ่งเรื่อง', 'Choose at least one.')
  if (step === 'amount' && !/^\d{0,12}$/.test(amountOf(form)))
    return at('amount', 'กรอกเป็นจำนวนเต็มบาท หรือเว้นว่าง', 'Enter whole baht, or leave it empty.')
  if (step === 'from' && !Number.isFinite(fromOf(form, country.timeZone, clock())))
    return at('from', 'ไม่มีวันนี้ในปฏิทิน', 'There is no such day.')
  if (step !== 'till') return undefined
  const till = tillOf(form, country.timeZone)
  const days = longestDays(country, form.getAll('scopes'))
  const from = fromOf(form, country.timeZone, clock())
  if (Number.isFinite(till) && till > from && till - from <= (days + 1) * 86_400_000) return undefined
  return at(
    'till',
    `ใส่วันที่หลังวันเริ่ม ไม่เกิน ${days} วัน`,
    `Enter a day after the first one, within ${counted(days, 'day')}.`,
  )
}

function digits(form: URLSearchParams): string {
  return (form.get('number') ?? '').normalize('NFKC').replace(/[\s-]/g, '')
}

function amountOf(form: URLSearchParams): string {
  return (form.get('amount') ?? '').normalize('NFKC').replace(/[\s,]/g, '')
}

/** At once where no day is named. */
function fromOf(form: URLSearchParams, timeZone: string, now: number): number {
  const sent = readDate(form, 'from')
  if (sent.kind === 'empty') return now
  return sent.kind === 'date' ? Math.max(startOfDay(sent.iso, timeZone), now) : Number.NaN
}

/** The last day is whole. */
function tillOf(form: URLSearchParams, timeZone: string): number {
  const sent = readDate(form, 'till')
  return sent.kind === 'date' ? startOfDay(sent.iso, timeZone) + 86_400_000 : Number.NaN
}

/** The proposal that the answers make. */
export function proposalOf(
  { country, clock }: MandatePagesOptions,
  direction: Direction,
  form: URLSearchParams,
): NewProposal {
  const amount = amountOf(form)
  const agencies = form.getAll('agencies')
  return {
    direction,
    to: form.get('way') === 'code' ? 'code' : { number: digits(form) },
    terms: {
      scopes: form.getAll('scopes'),
      limits: {
        ...(amount === '' ? {} : { amount: Number(amount) }),
        ...(agencies.length === 0 ? {} : { agencies }),
      },
      from: fromOf(form, country.timeZone, clock()),
      till: tillOf(form, country.timeZone),
    },
    reason: form.get('reason') ?? '',
  }
}
