import type { PlainWords } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import type { Country } from '@sapan/thailand'
import type { ServiceWords } from './service-words.ts'

/** What codes mean: members and purposes from the country pack, services and fields from their own descriptions. */
export function plainWords(country: Country, services: ServiceWords): PlainWords {
  const members = new Map(country.members.map((member) => [member.id, member]))
  return {
    member: (id) => {
      const [instance, cls, code, subsystem] = id.split('/')
      const member = members.get(`${instance}/${cls}/${code}`)
      const part = member?.subsystems.find((one) => one.code === subsystem)
      return member && part ? joined(member.name, part.name) : member?.name
    },
    service: services.service,
    operation: services.operation,
    parameter: services.parameter,
    purpose: (code) => country.purposes.find((purpose) => purpose.code === code),
    field: (service, path) => services.field(service, path) ?? termOf(country, path),
  }
}

/** A field whose service says nothing of it, by the term of the same name about a person or an address. */
function termOf({ terms }: Country, path: string): Text | undefined {
  const name = path.split('.').at(-1)
  return (terms.get(`person:${name}`) ?? terms.get(`address:${name}`))?.name
}

function joined(member: Text, part: Text): Text {
  return { th: `${member.th} (${part.th})`, en: `${member.en} (${part.en})` }
}
