/** The house of an operator with its faces, for who runs it otherwise than by the command line: benchmarks. */
export { shrinkBufferPool } from './buffer-pool.ts'
export type { IdentityFile } from './config/identity.ts'
export type { House } from './identity/house.ts'
export { portalSite } from './identity/portal-site.ts'
export { type HouseFrom, openOperator } from './run/identity.ts'
