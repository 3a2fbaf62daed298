import { fileURLToPath } from 'node:url'
import { checkServiceNames } from './service-names/check.ts'

/** The check of CI: prints each place where code names a service, and ends with 1 where there is one. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const { files, services, faults } = checkServiceNames(root)

for (const { place, service } of faults) console.error(`${place}: names the service ${service}`)
console.log(`service names: ${services.length} services, ${files} files, ${faults.length} name one`)
if (faults.length > 0 || services.length === 0) process.exitCode = 1
