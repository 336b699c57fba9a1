import { Problem, PROBLEMS, toProblem, type ProblemSlug } from './problem.ts'

const isSlug = (key: string): key is ProblemSlug => key in PROBLEMS

test.each(Object.keys(PROBLEMS).filter(isSlug))('%s is a problem document of its own type', (slug) => {
  const problem = toProblem(slug)
  expect(Problem.parse(problem)).toEqual({
    type: `urn:mensageria:problem:${slug}`,
    title: PROBLEMS[slug].title,
    status: PROBLEMS[slug].status,
  })
  expect(problem.status).toBeGreaterThanOrEqual(400)
})

test('what an occurrence adds comes along', () => {
  const errors = [{ pointer: '/taxId', detail: 'Must be a valid CNPJ' }]
  expect(toProblem('invalid-request', { detail: 'One field', errors })).toMatchObject({
    status: 400,
    detail: 'One field',
    errors,
  })
})
