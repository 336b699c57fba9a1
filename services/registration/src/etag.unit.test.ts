import { etagOf, namesTag } from './etag.ts'

describe('namesTag', () => {
  test.each(['"3"', 'W/"3"', '*', '"1", "3"', '"1",W/"3"'])('%j names version 3', (header) => {
    expect(namesTag(header, etagOf(3))).toBe(true)
  })

  test.each([undefined, '', '"2"', '3', '"33"', '"1", "2"'])('%j does not name version 3', (header) => {
    expect(namesTag(header, etagOf(3))).toBe(false)
  })
})
