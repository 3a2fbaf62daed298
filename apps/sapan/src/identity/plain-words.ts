import type { PlainWords } from '@sapan/identity'
import type { Text } from '@sapan/kernel'
import type { Country } from '@sapan/thailand'

/**
 * What codes mean, from the country pack. A field is known by the vocabulary's term of the same name; services and
 * operations by the descriptions that the operator's gateway holds, where it does.
 */
export function plainWords(country: Country): PlainWords {
  const members = new Map(country.members.map((member) => [member.id, member]))
  const terms = new Map([...country.terms.values()].map((term) => [term.id.split(':')[1] ?? '', term]))
  return {
    member: (id) => {
      const [instance, cls, code, subsystem] = id.split('/')
      const member = members.get(`${instance}/${cls}/${code}`)
      const part = member?.subsystems.find((one) => one.code === subsystem)
      return member && part ? joined(member.name, part.name) : member?.name
    },
    service: () => undefined,
    operation: () => undefined,
    purpose: (code) => country.purposes.find((purpose) => purpose.code === code),
    field: (_service, path) => terms.get(path.split('.').at(-1) ?? '')?.name,
  }
}

function joined(member: Text, part: Text): Text {
  return { th: `${member.th} (${part.th})`, en: `${member.en} (${part.en})` }
}
