import { startConsole } from './testing/start-console.ts'

const WRITTEN = { owner: 'Bea', note: 'Chamado 12 na MaaS' }

test('a group shows its owner and its note, and who wrote them is audited', async () => {
  await using console = await startConsole({ caller: 'ana@x.com' })
  await console.put(1, 'parked')
  expect(await console.write('failure-groups/maas/http-503', WRITTEN)).toEqual({
    status: 200,
    body: { integration: 'maas', cause: 'http-503', ...WRITTEN },
  })
  expect((await console.get('failure-groups')).body).toMatchObject({
    items: [{ integration: 'maas', cause: 'http-503', count: 1, ...WRITTEN }],
  })
  expect(await console.audited()).toMatchObject([
    { actor: 'ana@x.com', action: 'failure-group.note', target: 'maas/http-503' },
  ])
})

test('what is left out is taken away', async () => {
  await using console = await startConsole()
  await console.put(1, 'parked')
  await console.write('failure-groups/maas/http-503', WRITTEN)
  await console.write('failure-groups/maas/http-503', { note: 'Only this' })
  const { body } = await console.get('failure-groups')
  expect(body).toMatchObject({ items: [{ note: 'Only this' }] })
  expect(JSON.stringify(body)).not.toContain('Bea')
})

test('a cause is named as it is, also with a slash in it', async () => {
  await using console = await startConsole()
  await console.put(1, 'rejected', { cause: 'rejected:a/b c' })
  const path = `failure-groups/maas/${encodeURIComponent('rejected:a/b c')}`
  expect(await console.write(path, WRITTEN)).toMatchObject({ status: 200 })
  expect((await console.get('failure-groups')).body).toMatchObject({
    items: [{ cause: 'rejected:a/b c', ...WRITTEN }],
  })
})

test.each([
  ['failure-groups/nobody/http-503', WRITTEN, 404],
  ['failure-groups/maas/http-503', { owner: '' }, 400],
  ['failure-groups/maas/http-503', { other: 'x' }, 400],
  ['failure-groups/maas/http-503', { note: 'x'.repeat(1001) }, 400],
])('%s with what does not fit is refused', async (path, payload, status) => {
  await using console = await startConsole()
  expect((await console.write(path, payload)).status).toBe(status)
  expect(await console.audited()).toEqual([])
})
