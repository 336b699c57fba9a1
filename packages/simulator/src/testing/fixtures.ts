/** Bodies that the three systems accept, for tests. */
export const senninhaProvider = (externalId: string, taxId = '11222333000181') => ({
  externalId,
  name: 'CD Cajamar',
  taxId,
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    district: 'Jordanesia',
    city: 'Cajamar',
    state: 'SP',
    zipCode: '07786000',
  },
  contact: { name: 'Ana Souza', email: 'ana@example.com' },
})

export const maasProvider = (document = '11222333000181') => ({
  legalName: 'CD Cajamar',
  document,
  location: {
    cityCode: '3509205',
    state: 'SP',
    postalCode: '07786000',
    line1: 'Rodovia Anhanguera, km 38',
    line2: 'Galpao 2',
  },
  email: 'ana@example.com',
  phone: '+551133334444',
})

export const dmitriCity = { name: 'Cajamar', state: 'SP' }
