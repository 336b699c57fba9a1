import { sample, TAX_IDS } from '../../testing/registration-sample.ts'
import { startRegistration } from '../../testing/start-registration.ts'

type Page = { items: { name: string }[]; nextPageToken?: string }

const SAO_PAULO = { ...sample().address, city: 'São Paulo', cityCode: '3550308' }
const RIO = { ...sample().address, city: 'Rio de Janeiro', cityCode: '3304557', state: 'RJ' }

const startWithThree = async () => {
  const registration = await startRegistration()
  await registration.post(sample())
  await registration.post(
    sample({ taxId: TAX_IDS[0], name: 'São Paulo Norte', code: 'N1', address: SAO_PAULO }),
  )
  await registration.post(sample({ taxId: TAX_IDS[1], name: 'Rio', code: 'R.J-1', address: RIO }))
  return registration
}

describe('GET /v1/distribution-centers: 200', () => {
  test('nothing is an empty page', async () => {
    await using registration = await startRegistration()
    const answer = await registration.get('')
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ items: [] })
  })

  test('the newest is first, and pages follow each other', async () => {
    await using registration = await startWithThree()
    const first = (await registration.get('?pageSize=2')).json<Page>()
    expect(first.items.map(({ name }) => name)).toEqual(['Rio', 'São Paulo Norte'])
    const second = (await registration.get(`?pageSize=2&pageToken=${first.nextPageToken}`)).json<Page>()
    expect(second.items.map(({ name }) => name)).toEqual(['CD Cajamar'])
    expect(second).not.toHaveProperty('nextPageToken')
  })

  test.each([
    ['state=RJ', ['Rio']],
    ['state=rj', ['Rio']],
    ['state=AC', []],
    ['cityCode=3550308', ['São Paulo Norte']],
    ['state=SP&cityCode=3304557', []],
    ['q=sao', ['São Paulo Norte']],
    ['q=S%C3%83O%20p', ['São Paulo Norte']],
    ['q=norte', []],
    ['q=cd-sp', ['CD Cajamar']],
    ['q=r.j-1', ['Rio']],
    ['q=112223', ['CD Cajamar']],
    ['q=11.222.333%2F0001-81', ['CD Cajamar']],
    ['q=11.222.3', ['CD Cajamar']],
    ['q=12.abc.345', ['São Paulo Norte']],
    ['pageSize=1', ['Rio']],
    ['pageSize=200', ['Rio', 'São Paulo Norte', 'CD Cajamar']],
  ])('%s finds %j', async (query, names) => {
    await using registration = await startWithThree()
    const answer = await registration.get(`?${query}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.json<Page>().items.map(({ name }) => name)).toEqual(names)
  })

  test('a page has 50 centers where nobody says otherwise', async () => {
    let asked = 0
    await using registration = await startRegistration({
      store: {
        list: async ({ pageSize }) => {
          asked = pageSize
          return { items: [] }
        },
      },
    })
    await registration.get('')
    expect(asked).toBe(50)
  })
})

describe('GET /v1/distribution-centers: 400', () => {
  test.each([
    ['pageSize=0', '/query/pageSize'],
    ['pageSize=201', '/query/pageSize'],
    ['pageSize=1.5', '/query/pageSize'],
    ['pageSize=-1', '/query/pageSize'],
    ['pageSize=1e1', '/query/pageSize'],
    ['pageSize=', '/query/pageSize'],
    ['pageSize=ten', '/query/pageSize'],
    ['pageSize=1&pageSize=2', '/query/pageSize'],
    ['pageToken=nonsense', '/query/pageToken'],
    ['pageToken=', '/query/pageToken'],
    ['state=XX', '/query/state'],
    ['cityCode=123', '/query/cityCode'],
    ['cityCode=35503080', '/query/cityCode'],
    ['q=', '/query/q'],
    ['color=blue', '/query/color'],
  ])('%s is refused, and named', async (query, pointer) => {
    await using registration = await startRegistration()
    const answer = await registration.get(`?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      type: 'urn:mensageria:problem:invalid-request',
      errors: [{ pointer }],
    })
  })
})
