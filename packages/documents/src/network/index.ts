export { CheckNetwork, type CheckNetworkOptions } from './check-network.ts'
export type { NetworkRule } from './guarded-fetch.ts'
