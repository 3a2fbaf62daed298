/** For which websites an operator's passkeys are: those of the domain of which all its origins are a part. */
export function passkeysFor(origins: readonly string[]) {
  return { id: commonDomain(origins.map((origin) => new URL(origin).hostname)), name: 'Sapan', origins }
}

/** What all of them end with: `example.go.th` for `id.example.go.th` and `desk.example.go.th`. */
export function commonDomain(hosts: readonly string[]): string {
  const [first = [], ...others] = hosts.map((host) => host.split('.').reverse())
  const differs = first.findIndex((label, at) => others.some((other) => other[at] !== label))
  return (differs < 0 ? first : first.slice(0, differs)).reverse().join('.')
}
