import { Work } from '../work.ts'
import { decodeBase64 } from '../xml/base64.ts'
import { optionalChild, simpleText } from '../xml/content.ts'
import { XmlError } from '../xml/error.ts'
import { XmlBudget } from '../xml/limits.ts'
import type { XmlElement } from '../xml/nodes.ts'
import { xmlNamespace } from '../xml/parse.ts'
import { readTime } from '../xml/xades/signed-properties.ts'
import type { ListedService, ListPointer, Names, ServiceStatus, TrustedList } from './list.ts'

export const listNamespace = 'http://uri.etsi.org/02231/v2#'
const typePrefix = 'http://uri.etsi.org/TrstSvc/Svctype/'
const usePrefix =
  /^https?:\/\/uri\.etsi\.org\/TrstSvc\/(?:TrustedList|eSigDir-1999-93-EC-TrustedList)\/SvcInfoExt\//
const statusPrefix =
  /^https?:\/\/uri\.etsi\.org\/TrstSvc\/(?:TrustedList|eSigDir-1999-93-EC-TrustedList)\/Svcstatus\//

/** The largest list in use has some 8 MB; this is what one may cost. */
export const listBudget = (): XmlBudget =>
  new XmlBudget(new Work({ elements: 5_000_000 }), { canonical: 512 * 2 ** 20 })

/** A list by its root element. Throws `XmlError` where it is not as the schema of TS 119 612 has it. */
export function readListElement(root: XmlElement): TrustedList {
  if (!root.is(listNamespace, 'TrustServiceStatusList'))
    throw new XmlError('unsupported', 'not a trusted list')
  const scheme = child(root, 'SchemeInformation')
  const nextUpdate = optionalChild(child(scheme, 'NextUpdate'), listNamespace, 'dateTime')
  return {
    type: textOf(scheme, 'TSLType'),
    version: numberOf(scheme, 'TSLVersionIdentifier'),
    sequence: numberOf(scheme, 'TSLSequenceNumber'),
    territory: textOf(scheme, 'SchemeTerritory').toUpperCase(),
    operator: namesOf(child(scheme, 'SchemeOperatorName')),
    scheme: namesOf(child(scheme, 'SchemeName')),
    issued: timeOf(child(scheme, 'ListIssueDateTime')),
    nextUpdate: nextUpdate && timeOf(nextUpdate),
    pointers: inside(scheme, 'PointersToOtherTSL', 'OtherTSLPointer').map(readPointer),
    services: inside(root, 'TrustServiceProviderList', 'TrustServiceProvider').flatMap(readProvider),
  }
}

function child(parent: XmlElement, local: string): XmlElement {
  const found = optionalChild(parent, listNamespace, local)
  if (!found) throw new XmlError('malformed', `${parent.local} without ${local}`)
  return found
}

/** The members of a list element that may be missing. */
function inside(parent: XmlElement, list: string, member: string): XmlElement[] {
  return optionalChild(parent, listNamespace, list)?.all(listNamespace, member) ?? []
}

function textOf(parent: XmlElement, local: string): string {
  return simpleText(child(parent, local))
}

function numberOf(parent: XmlElement, local: string): number {
  const text = textOf(parent, local)
  if (!/^\d{1,15}$/.test(text)) throw new XmlError('malformed', `${local} is no number`)
  return Number(text)
}

function timeOf(element: XmlElement): number {
  const at = readTime(simpleText(element))
  if (at === undefined) throw new XmlError('malformed', `${element.local} is no time`)
  return at
}

function namesOf(element: XmlElement): Names {
  const names = element
    .all(listNamespace, 'Name')
    .map((name) => [name.attribute('lang', xmlNamespace)?.toLowerCase() ?? 'en', simpleText(name)] as const)
  return Object.fromEntries(names.toReversed())
}

function readPointer(pointer: XmlElement): ListPointer {
  const identities = inside(pointer, 'ServiceDigitalIdentities', 'ServiceDigitalIdentity')
  const information = inside(pointer, 'AdditionalInformation', 'OtherInformation')
  const territory = information.flatMap((one) => one.all(listNamespace, 'SchemeTerritory')).at(0)
  return {
    location: textOf(pointer, 'TSLLocation'),
    territory: territory && simpleText(territory).toUpperCase(),
    signers: identities.flatMap(certificatesOf),
  }
}

function certificatesOf(identity: XmlElement): Uint8Array[] {
  return identity
    .all(listNamespace, 'DigitalId')
    .flatMap((one) => one.all(listNamespace, 'X509Certificate'))
    .map((one) => decodeBase64(simpleText(one)))
}

function readProvider(provider: XmlElement): ListedService[] {
  const name = namesOf(child(child(provider, 'TSPInformation'), 'TSPName'))
  return inside(provider, 'TSPServices', 'TSPService').map((service) => {
    const now = child(service, 'ServiceInformation')
    const before = inside(service, 'ServiceHistory', 'ServiceHistoryInstance')
    return {
      provider: name,
      name: namesOf(child(now, 'ServiceName')),
      certificates: certificatesOf(child(now, 'ServiceDigitalIdentity')),
      statuses: [now, ...before].map(readStatus),
    }
  })
}

function readStatus(information: XmlElement): ServiceStatus {
  const extensions = inside(information, 'ServiceInformationExtensions', 'Extension')
  return {
    type: textOf(information, 'ServiceTypeIdentifier').replace(typePrefix, ''),
    status: textOf(information, 'ServiceStatus').replace(statusPrefix, ''),
    from: timeOf(child(information, 'StatusStartingTime')),
    uses: extensions
      .flatMap((one) => one.all(listNamespace, 'AdditionalServiceInformation'))
      .map((one) => textOf(one, 'URI').replace(usePrefix, '')),
    unknown: extensions
      .filter(isCritical)
      .flatMap((one) => one.elements().map(({ local }) => local))
      .filter((local) => !known.has(local)),
  }
}

/** Extensions that say something of qualification or of the past, and take no trust away (§5.5.9). */
const known: ReadonlySet<string> = new Set([
  'AdditionalServiceInformation',
  'Qualifications',
  'ExpiredCertsRevocationInfo',
  'TakenOverBy',
])

function isCritical(extension: XmlElement): boolean {
  const critical = extension.attribute('Critical')
  return critical === 'true' || critical === '1'
}
