import type { JsonValue } from '@sapan/casework'

/** What was filled in, by the ids of fields; of repeated pages, lists of such under the page's id. */
export type Answers = Readonly<Record<string, JsonValue>>

export interface AddressAnswer {
  readonly houseNumber: string
  readonly moo?: string
  readonly village?: string
  readonly lane?: string
  readonly road?: string
  /** Six digits, from the country's divisions; the names are kept as they were then. */
  readonly subdistrictCode: string
  readonly subdistrict: string
  readonly district: string
  readonly province: string
  readonly postalCode: string
}

export interface NameAnswer {
  readonly title: string
  readonly givenName: string
  readonly middleName?: string
  readonly familyName: string
}

/** A file that was sent; its content lies sealed beside the draft. */
export interface FileAnswer {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  /** Of the content, in hex. */
  readonly sha256: string
}
