import { toColumns } from './columns.ts'
import { toRegistration } from './to-registration.ts'

const contentOf = (cells: Readonly<Record<string, string>>) =>
  toRegistration(toColumns(Object.keys(cells)), Object.values(cells))

const valueOf = (column: string, cell: string, more: Readonly<Record<string, string>> = {}): unknown => {
  const content = contentOf({ [column]: cell, ...more })
  if ('fault' in content) return content.fault.kind
  const [first] = Object.values(content.registration)
  return typeof first === 'object' && first !== null ? Object.values(first)[0] : first
}

test.each([
  ['taxId', '1222333000128', '01222333000128'],
  ['taxId', '222333000165', '00222333000165'],
  ['taxId', '1222333000129', '1222333000129'],
  ['taxId', '52998224725', '52998224725'],
  ['taxId', '11.222.333/0001-81', '11.222.333/0001-81'],
  ['taxId', '11.222.333/0001\u201381', '11.222.333/0001-81'],
  ['taxId', '="11222333000181"', '11222333000181'],
  ['taxId', "'11222333000181", '11222333000181'],
  ['taxId', '\u00a011222333000181\u200b', '11222333000181'],
  ['taxId', '11 222 333 0001 81', '11222333000181'],
  ['taxId', '11.222.333.000.181', '11222333000181'],
  ['taxId', '11,222,333,000,181', '11222333000181'],
  ['taxId', '11222333000181,00', '11222333000181'],
  ['taxId', '11222333000181.0', '11222333000181'],
  ['taxId', '12ABC34501DE35', '12ABC34501DE35'],
  ['cityCode', '3.509.205', '3509205'],
  ['cityCode', '3509205.0', '3509205'],
  ['postalCode', '07786-000', '07786000'],
  ['postalCode', '07.786-000', '07786000'],
  ['postalCode', "'07786000", '07786000'],
  ['postalCode', '1310100', '1310100'],
  ['postalCode', 'no CEP', 'no CEP'],
  ['state', 'são paulo', 'SP'],
  ['state', 'sp', 'SP'],
  ['state', 'Nowhere', 'Nowhere'],
  ['number', '38.0', '38'],
  ['number', "'38", '38'],
  ['number', '1.500', '1.500'],
  ['number', '12/mai', 'date'],
  ['code', 'jan-01', 'date'],
  ['contactPhone', '(11) 3333-4444', '+551133334444'],
  ['contactPhone', '11 99999-8888', '+5511999998888'],
  ['contactPhone', '+55 (11) 3333-4444', '+551133334444'],
  ['contactPhone', '+55 (011) 3333-4444', '+551133334444'],
  ['contactPhone', '011 3333 4444', '+551133334444'],
  ['contactPhone', '5511999998888', '+5511999998888'],
  ['contactPhone', '55 3333-4444', '+555533334444'],
  ['contactPhone', '+1 (555) 123-4567', '+15551234567'],
  ['contactPhone', '3333-4444', '3333-4444'],
  ['contactPhone', '11 3333-4444 / 5555', '11 3333-4444 / 5555'],
  ['contactPhone', '20 3333-4444', '20 3333-4444'],
  ['latitude', '-23,355', -23.355],
  ['latitude', '\u221223.355', -23.355],
  ['latitude', '-23.355.123', 'number'],
  ['latitude', '-2,3E+01', 'number'],
  ['name', 'CD \u00a0 Sul', 'CD   Sul'],
  ['name', '="CD ""Sul"""', 'CD "Sul"'],
  ['complement', '#N/D', 'no-value'],
  ['complement', '#########', 'no-value'],
  ['complement', 'NULL', 'no-value'],
])('row 51: %s %j is %j', (column, cell, expected) => {
  expect(valueOf(column, cell)).toBe(expected)
})

test('a CEP without its zero is one where the state is São Paulo, which alone has such', () => {
  expect(valueOf('postalCode', '1310100', { uf: 'São Paulo' })).toBe('01310100')
  expect(valueOf('postalCode', '1.310.100', { uf: 'SP' })).toBe('01310100')
  expect(valueOf('postalCode', '1310100', { uf: 'RJ' })).toBe('1310100')
})
