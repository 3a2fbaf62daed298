import { type Check, claim, type Finding, refused } from '../check.ts'
import { must } from '../identity/relying-party.ts'
import { type Applied, application, until } from './application.ts'
import { payOnPage, type Seen } from './payment-page.ts'
import { npm } from './tools.ts'

interface Promptparse {
  parse(payload: string, strict?: boolean): { getTagValue(tag: string, sub?: string): string | null } | null
}
interface EmvcoSdk {
  validateQRString(payload: string): boolean
  getCrcInfo(payload: string): unknown
}

/** The code of a fee as a bank's application would read it: off the page, by another's camera and another's parsers. */
export const paymentCode: Check = {
  name: 'services, PromptPay',
  against: () => 'PyPI zxing-cpp 3.1.1; npm promptparse 1.6.0, emvco-qr-sdk 1.0.0; Chromium',
  async run() {
    let applied: Applied | undefined
    let seen: Seen | undefined
    const first = await claim(
      'a program applies for something with a fee, with a token of the issuer',
      async () => {
        applied = await application()
      },
    )
    if (applied === undefined) return [first]
    const given = applied
    const payment = (await given.now()).payments[0]
    if (payment === undefined) throw new Error('an application with a fee says no payment')
    const shown = await claim(
      'the page to pay on is opened, photographed, and its form paid at the bank',
      async () => {
        seen = await payOnPage(given)
      },
    )
    return [first, shown, ...(seen === undefined ? [] : await read(given, payment, seen))]
  },
}

interface Payment {
  readonly payload: string
  readonly amount: number
  readonly bankReference: string
}

async function read(applied: Applied, payment: Payment, { scanned, written }: Seen): Promise<Finding[]> {
  const { parse } = npm<Promptparse>('promptparse')
  const { validateQRString } = npm<EmvcoSdk>('emvco-qr-sdk')
  const payload = scanned[0]?.text ?? ''
  const tag = (one: string, sub?: string) => parse(payload, true)?.getTagValue(one, sub) ?? ''
  return [
    await claim(
      'zxing-cpp reads one QR code on the page: what the page writes under it, and the API gives',
      () => {
        must(scanned.length === 1 && /^QR/.test(scanned[0]?.format ?? ''), JSON.stringify(scanned))
        must(
          payload === payment.payload && payload === written.replace(/\s/g, ''),
          `${payload} is not ${payment.payload}`,
        )
      },
    ),
    await claim(
      'promptparse takes its checksum, and finds a bill of PromptPay (tag 30) in baht, in Thailand',
      () => {
        must(tag('00') === '01' && tag('01') === '12', 'no payload of one use')
        must(tag('30', '00') === 'A000000677010112', `application ${tag('30', '00')}`)
        must(/^\d{15}$/.test(tag('30', '01')), `biller ${tag('30', '01')}`)
        must(tag('53') === '764' && tag('58') === 'TH', `${tag('53')} ${tag('58')}`)
      },
    ),
    await claim('promptparse reads the amount and the reference that the bank tells back', () => {
      must(Math.round(Number(tag('54')) * 100) === payment.amount, `amount ${tag('54')}`)
      const reference = tag('30', '02')
      must(
        reference !== '' && payment.bankReference.startsWith(reference),
        `${reference}, ${payment.bankReference}`,
      )
    }),
    await claim('emvco-qr-sdk finds its structure and checksum right', () => {
      must(validateQRString(payload) !== false, 'not valid')
    }),
    await refused('promptparse takes no code in which one digit of the amount is another', () => {
      const forged = payload.replace(/(5405\d\d\.\d)\d/, '$19').replace(/^(.*54..)(\d)/, '$19')
      must(forged !== payload && parse(forged, true) !== null, 'refused')
    }),
    await claim('what was paid by the code is what the application awaited', async () => {
      await until(applied, ({ payments }) => (payments[0]?.state === 'paid' ? true : undefined))
    }),
  ]
}
