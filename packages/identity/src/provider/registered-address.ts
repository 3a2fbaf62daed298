import type { Language, Logger } from '@sapan/kernel'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { AskAgency } from '../exchange.ts'
import type { ProviderAccounts } from './ports.ts'

/** The register that knows where people live, and why it is asked. */
export interface AddressRegister {
  readonly service: string
  readonly purpose: string
}

/** An address as clients are told it (OpenID Connect Core 1.0 §5.1.1). */
export interface AddressClaim {
  readonly formatted: string
  readonly street_address: string
  readonly locality: string
  readonly region: string
  readonly postal_code: string
}

/** Undefined where nobody knows it, or the register does not answer now. */
export type AddressOf = (account: string, language: Language) => Promise<AddressClaim | undefined>

const text = Type.String({ maxLength: 200 })
const area = Type.Object({ th: text, en: text })
const addressSchema = Type.Object({
  houseNumber: text,
  moo: Type.Union([Type.Integer(), Type.Null()]),
  subdistrict: area,
  district: area,
  province: area,
  postalCode: text,
})
const Person = Compile(Type.Object({ address: addressSchema }))

/**
 * Asks the population register, each time: an address is nothing that the house keeps. Only for who has proved a national
 * number. A register that is silent takes nothing away but the claim.
 */
export function registeredAddress(
  { ask, log }: { readonly ask: AskAgency; readonly log: Logger },
  accounts: Pick<ProviderAccounts, 'identifiersOf'>,
  { service, purpose }: AddressRegister,
): AddressOf {
  return async (account, language) => {
    const identifiers = await accounts.identifiersOf(account)
    const number = identifiers.find(({ scheme, proved }) => proved && scheme === 'national-id')?.value
    if (number === undefined) return undefined
    try {
      const { status, body } = await ask({ service, purpose, method: 'GET', path: `/persons/${number}` })
      if (status === 200 && Person.Check(body)) return claimOf(body.address, language)
      if (status !== 404) log.warn({ account, status }, 'the register told no address')
    } catch (error) {
      log.warn({ account, err: error }, 'the register that knows addresses does not answer')
    }
    return undefined
  }
}

function claimOf(
  { houseNumber, moo, subdistrict, district, province, postalCode }: Static<typeof addressSchema>,
  language: Language,
): AddressClaim {
  const village = moo === null ? '' : language === 'th' ? ` หมู่ที่ ${moo}` : ` Moo ${moo}`
  const street = `${houseNumber}${village}`
  const between = language === 'th' ? ' ' : ', '
  const locality = [subdistrict[language], district[language]].filter((name) => name !== '').join(between)
  const region = province[language]
  return {
    formatted: [street, locality, `${region} ${postalCode}`.trim()].filter((line) => line !== '').join('\n'),
    street_address: street,
    locality,
    region,
    postal_code: postalCode,
  }
}
