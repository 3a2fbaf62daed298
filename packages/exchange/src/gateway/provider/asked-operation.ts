import { grantedFields } from '../../fields/field-set.ts'
import type { AskedOperation } from '../transport/headers.ts'
import type { ProviderExchange } from './exchange.ts'

/** What the exchange's operation and grant let a provider's system be told by headers. */
export function askedOperation({ matched: { operation }, known, consent }: ProviderExchange): AskedOperation {
  const granted = known?.grant.operations[operation.id]
  const allowed = consent?.fields ?? (granted && grantedFields(granted))
  return {
    safe: operation.safe,
    headerParameters: operation.headerParameters,
    isWhole: allowed?.root.whole === true,
  }
}
