// Somebody else changed the calendar meanwhile: it is read anew at once, so that the second press is made upon what is shown.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ProblemError } from '../../../../web/problem.ts';

export function useFreshCalendar(error: ProblemError | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (error?.status === 412) void client.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).startsWith('approvals.calendar') });
  }, [error, client]);
}
