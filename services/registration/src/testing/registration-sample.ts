import type { Registration } from '@mensageria/contracts'

/** A registration, normalized; each call gives a copy of its own. */
export const sample = (changes: Partial<Registration> = {}): Registration => ({
  name: 'CD Cajamar',
  code: 'CD-SP-01',
  taxId: '11222333000181',
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    complement: 'Galpao 2',
    district: 'Jordanesia',
    city: 'Cajamar',
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
  },
  location: { latitude: -23.355, longitude: -46.876 },
  contact: { name: 'Ana Souza', email: 'ana@example.com', phone: '+551133334444' },
  ...changes,
})

/** Other valid CNPJs, the first of them alphanumeric. */
export const TAX_IDS = ['12ABC34501DE35', '11444777000161', '33000167000101', '60746948000112'] as const
