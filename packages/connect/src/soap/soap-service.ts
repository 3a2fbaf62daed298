import { Problem } from '@sapan/kernel'
import { answerUnusable, connectProblems, sourceUnusable } from '../problems.ts'
import { callService, refusalOf, type ServiceAnswer } from '../remote/call-service.ts'
import type { Answer, RemoteOperation, RemoteService } from '../remote/remote-service.ts'
import type { ServiceAddress } from '../remote/service-address.ts'
import { xmlInUtf8 } from '../xml/xml-letters.ts'
import { XmlFault } from '../xml/xml-reader.ts'
import { childrenOf, readXml, type XmlElement } from '../xml/xml-tree.ts'
import { describedValues, readContent, readMembers } from './answer-body.ts'
import { describedParameters, element, writeElements } from './request-body.ts'
import type { WsdlParts } from './wsdl-files.ts'
import { type MessageShape, type SoapVersion, type WsdlOperation, wsdlOperations } from './wsdl-operations.ts'

const ENVELOPES: Readonly<Record<SoapVersion, string>> = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
}
const MOST_ELEMENTS = 200_000

/** A SOAP service (1.1 and 1.2) by its description, each operation by its name. Throws `connector-source-unusable`. */
export function soapService(parts: WsdlParts, address: ServiceAddress | undefined): RemoteService {
  const operations = [...wsdlOperations(parts)].map(([name, one]): [string, RemoteOperation] => [
    name,
    operationOf(one, address),
  ])
  return { operations: new Map(operations) }
}

function operationOf(operation: WsdlOperation, address: ServiceAddress | undefined): RemoteOperation {
  const { request, response } = operation
  return {
    parameters: describedParameters(shapesIn(request)),
    values: describedValues(shapesIn(response)),
    async call(values) {
      if (address === undefined) throw sourceUnusable(noAddress)
      const answer = await callService({
        method: 'POST',
        url: address.url,
        headers: { ...headersOf(operation), ...address.headers },
        body: Buffer.from(requestText(operation, values)),
      })
      return readAnswer(answer, operation)
    },
  }
}

/** What stands in the body's element; where that is a value itself, the element. */
function shapesIn({ itself, members }: MessageShape): MessageShape['members'] {
  return itself === undefined ? members : [itself]
}

function headersOf({ version, action }: WsdlOperation): Record<string, string> {
  if (version === '1.1')
    return { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${quoted(action)}"` }
  const said = action === '' ? '' : `; action="${quoted(action)}"`
  return { 'content-type': `application/soap+xml; charset=utf-8${said}` }
}

/** An address as a header may carry it. */
function quoted(action: string): string {
  return encodeURI(action.replaceAll(/["\\]/g, '')).replaceAll('%25', '%')
}

function requestText({ version, request }: WsdlOperation, values: ReadonlyMap<string, string>): string {
  const { itself, members } = request
  const body =
    itself === undefined ? element(request, writeElements(members, values)) : writeElements([itself], values)
  const envelope = ENVELOPES[version]
  return `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="${envelope}"><e:Body>${body}</e:Body></e:Envelope>`
}

function readAnswer(answer: ServiceAnswer, { version, response }: WsdlOperation): Answer {
  const isXml = /^(text|application)\/(.+\+)?xml$/.test(answer.type)
  if (!isXml) throw refusalOf(answer) ?? answerUnusable(notSoap)
  const refusal = refusalOf(answer)
  const body = bodyIn(answer, version, refusal)
  const fault = childrenOf(body, ENVELOPES[version], 'Fault')[0]
  if (fault !== undefined) throw refusedBy(fault)
  if (refusal !== undefined) throw refusal
  const found = body.children.find(({ name }) => name === response.name)
  if (found === undefined) throw answerUnusable(notSoap)
  if (response.itself === undefined) return readMembers(found, response.members)
  return { [response.name]: readContent(found, response.itself.content()) }
}

/** Throws the refusal of an answer's status where the answer is no envelope: a page about an error, say. */
function bodyIn(
  { body, charset }: ServiceAnswer,
  version: SoapVersion,
  refusal: Problem | undefined,
): XmlElement {
  try {
    const envelope = readXml(xmlInUtf8(body, charset), MOST_ELEMENTS)
    const found =
      envelope.name === 'Envelope' ? childrenOf(envelope, ENVELOPES[version], 'Body')[0] : undefined
    if (found !== undefined) return found
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
  }
  throw refusal ?? answerUnusable(notSoap)
}

/**
 * Whose fault it is says the code (SOAP 1.1, 4.4.1; SOAP 1.2, 5.4.6): the sender's, or the service's own. What else stands in a fault may
 * be of people, and goes no further.
 */
function refusedBy(fault: XmlElement): Problem {
  const code = fault.children.find(({ name }) => name === 'faultcode' || name === 'Code')
  const value = code?.children.find(({ name }) => name === 'Value') ?? code
  const isSenders = /(^|:)(Client|Sender)\b/.test(value?.text.trim() ?? '')
  return new Problem(connectProblems[isSenders ? 'connector-service-refused' : 'connector-source-down'], {
    cause: new Error('the service answered with a SOAP fault'),
  })
}

const notSoap = {
  th: 'คำตอบไม่ใช่ข้อความ SOAP ตามคำอธิบาย',
  en: 'the answer is not the SOAP message that is described',
}
const noAddress = { th: 'ยังไม่ได้บอกที่อยู่ของบริการ', en: 'the address of the service is not given' }
