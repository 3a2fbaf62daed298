/** A PKI for tests that can also make what no honest authority would. */

export { der } from '@sapan/trust'
export * from './kit/authority.ts'
export * from './kit/certificates.ts'
export * from './kit/keys.ts'
export * from './kit/messages.ts'
export * from './kit/revocation.ts'
export * from './kit/times.ts'
