import type { ValidationMaterial } from '../engine/signature.ts'

export function merged(materials: readonly ValidationMaterial[]): ValidationMaterial {
  return {
    certificates: materials.flatMap(({ certificates }) => certificates),
    crls: materials.flatMap(({ crls }) => crls),
    ocsps: materials.flatMap(({ ocsps }) => ocsps),
  }
}
