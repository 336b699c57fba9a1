import { domainOf, RoleMembers, rolesOf } from './roles.ts'

const roles = RoleMembers.parse({
  read: ['@example.com'],
  register: ['Tool@p.iam.gserviceaccount.com'],
  operate: ['ana@example.com', '@ops.example.com'],
})

test.each([
  ['ana@example.com', ['read', 'operate']],
  ['ANA@EXAMPLE.COM', ['read', 'operate']],
  ['bia@example.com', ['read']],
  ['tool@p.iam.gserviceaccount.com', ['read', 'register']],
  ['bia@ops.example.com', ['read', 'operate']],
  ['eve@elsewhere.com', []],
  ['eve@notexample.com', []],
  ['eve@example.com.evil.com', []],
  ['"eve@example.com"@evil.com', []],
  ['eve@evil.com@example.com', []],
  ['example.com', []],
])('%s has %j', (email, expected) => {
  expect(rolesOf(email, domainOf(email), roles)).toEqual(expected)
})

test('defect 25: an account whose domain nobody vouches for has what its address is given alone', () => {
  expect(rolesOf('bia@example.com', undefined, roles)).toEqual([])
  expect(rolesOf('bia@example.com', 'elsewhere.com', roles)).toEqual([])
  expect(rolesOf('ana@example.com', undefined, roles)).toEqual(['read', 'operate'])
})

test.each([
  {},
  { read: [] },
  { admin: ['ana@example.com'] },
  { read: ['ana'] },
  { read: ['@'] },
  { read: ['*'] },
  { read: 'ana@example.com' },
  null,
])('%j is refused', (config) => {
  expect(RoleMembers.safeParse(config).success).toBe(false)
})
