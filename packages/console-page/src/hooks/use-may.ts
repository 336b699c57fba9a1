import type { Role } from '@mensageria/contracts/browser'
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/queries.ts'

/** Whether the user of the page may do what a role allows; not before the server has said so, who asks for it as well. */
export const useMay = (role: Role): boolean => useQuery(meQuery).data?.roles.includes(role) ?? false
