import { useQuery } from '@tanstack/react-query'
import { centerNameQuery } from '../api/queries.ts'
import { placeOfCenter } from '../places.ts'
import { Link } from './button.tsx'

/** The name of a center, as a link to its story; its id until the name is known. */
export const CenterName = ({ id }: { id: string }) => {
  const { data } = useQuery(centerNameQuery(id))
  return <Link href={placeOfCenter(id)}>{data ?? id}</Link>
}
