import type { DistributionCenter } from './center/distribution-center.ts'
import type { Registration } from './center/registration.ts'

/** A registration as a caller may send it: punctuation, lower case and accents in the way people write them. */
export const sentRegistration = {
  name: '  CD Cajamar ',
  code: 'CD-SP-01',
  taxId: '11.222.333/0001-81',
  address: {
    street: 'Rodovia Anhanguera',
    number: 'km 38',
    complement: 'Galpao 2',
    district: 'Jordanesia',
    city: 'CAJAMÁR',
    cityCode: '3509205',
    state: 'sp',
    postalCode: '07786-000',
  },
  location: { latitude: -23.355, longitude: -46.876 },
  contact: { name: 'Ana Souza', email: 'ana@example.com', phone: '+551133334444' },
}

/** The same, normalized. */
export const registration: Registration = {
  ...sentRegistration,
  name: 'CD Cajamar',
  taxId: '11222333000181',
  address: { ...sentRegistration.address, city: 'Cajamar', state: 'SP', postalCode: '07786000' },
}

/** The center that it becomes. */
export const center: DistributionCenter = {
  id: 'a89d24bd-55ae-570c-8101-a818732445cc',
  version: 1,
  createdAt: '2026-11-24T12:00:00.000Z',
  updatedAt: '2026-11-24T12:00:00.000Z',
  ...registration,
}

/** The attributes of the message that carries it. */
export const attributes: Record<string, string> = {
  'ce-specversion': '1.0',
  'ce-id': 'a89d24bd-55ae-570c-8101-a818732445cc:1',
  'ce-source': '/mensageria/registration',
  'ce-type': 'br.mensageria.distribution-center.registered.v1',
  'ce-subject': 'a89d24bd-55ae-570c-8101-a818732445cc',
  'ce-time': '2026-11-24T12:00:00.000Z',
  'ce-sequence': '1',
  'ce-datacontenttype': 'application/json',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
}

/** The message as Pub/Sub pushes it, with both spellings of its ids. */
export const pushEnvelope = {
  message: {
    attributes,
    data: 'e30=',
    messageId: '1',
    message_id: '1',
    publishTime: '2026-11-24T12:00:00.5Z',
    publish_time: '2026-11-24T12:00:00.5Z',
  },
  subscription: 'projects/local/subscriptions/dmitri',
  deliveryAttempt: 1,
}
