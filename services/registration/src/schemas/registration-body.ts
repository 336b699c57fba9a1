import { Registration } from '@mensageria/contracts'

/**
 * The body of a registration and of an update, with an example that is accepted as it stands. A clone without the id of
 * the component: beside a reference to it the document generator would drop the example.
 */
export const RegistrationBody = Registration.clone(Registration.def).meta({
  examples: [
    {
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
    },
  ],
})
