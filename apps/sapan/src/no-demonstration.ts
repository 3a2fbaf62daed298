import type { CommandEntry } from './commands.ts'

/** What `demonstration.ts` is in a release: nobody there is made up. */
export const demonstrationCommands: readonly CommandEntry[] = []

/** Nobody describes a register that is not there. */
export const describedServices = async () => (_service: string) => undefined

/** Nor is there a bank. */
export const bankOfDemonstration = async (): Promise<string | undefined> => undefined
