/** A release has `no-demonstration.ts` in this file's place, and no folder `up`. */
export { demonstrationCommands } from './up/commands.ts'

/** The demonstration's issuer by itself, to be held against others' tools; loaded only where it is asked for. */
export const playedIssuer = () => import('./up/played-issuer.ts')

/** The descriptions of the sandbox's registers, by the names of their services; loaded only where they are asked for. */
export const describedServices = async () => (await import('./up/descriptions.ts')).describedService

/** The subsystem of the sandbox's bank. */
export const bankOfDemonstration = async (): Promise<string | undefined> =>
  (await import('./up/descriptions.ts')).bankSubsystem
