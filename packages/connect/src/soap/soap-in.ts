import type { RemoteService } from '../remote/remote-service.ts'
import type { ServiceAddress } from '../remote/service-address.ts'
import { soapService } from './soap-service.ts'
import { readWsdlFiles } from './wsdl-files.ts'

/** The SOAP service that a WSDL file describes. Without an address it can be looked at, and not asked. Throws `connector-source-unusable`. */
export async function soapIn(path: string, address?: ServiceAddress): Promise<RemoteService> {
  return soapService(await readWsdlFiles(path), address)
}
