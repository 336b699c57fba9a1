import { displayNameOf } from './names.ts'

test('people call an integration as its row says, or by its name with a capital letter', () => {
  expect(displayNameOf('maas', { display_name: 'MaaS' })).toBe('MaaS')
  expect(displayNameOf('erp-2', {})).toBe('Erp-2')
})
