import type { JsonValue } from '@sapan/casework'
import { BANK_MEMBER, serviceDocument } from '@sapan/sandbox'

/** Where the money of the sandbox's agencies lies. */
export const bankSubsystem = `${BANK_MEMBER}/account`

/** The OpenAPI document of a register of the sandbox: `TH/GOV/DOPA/population/person-v1`. Undefined where there is none. */
export function describedService(service: string): JsonValue | undefined {
  const name = service.split('/').at(-1) ?? ''
  if (!/^[a-z0-9-]+$/.test(name)) return undefined
  try {
    return JSON.parse(JSON.stringify(serviceDocument(name)))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
