import { dataFolder } from '../schema.ts'

/** Where the country's service definitions lie: `<service>/<version>/{service,form,workflow}.yaml` and `tables/`. */
export function servicesFolder(): URL {
  return dataFolder('services/')
}
