export {
  type District,
  type Divisions,
  loadDivisions,
  type Province,
  type Subdistrict,
  type UnrepairedRow,
} from './divisions/divisions.ts'
