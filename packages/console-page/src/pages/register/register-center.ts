import { AcceptedCenter } from '@mensageria/contracts'
import { send } from '../../api/request.ts'

/** Registers a center; `isNew` is false where it was there already with the same data. */
export const registerCenter = async (
  registration: unknown,
): Promise<{ center: AcceptedCenter; isNew: boolean }> => {
  const answer = await send('/v1/distribution-centers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(registration),
  })
  return { center: AcceptedCenter.parse(await answer.json()), isNew: answer.status === 201 }
}
