// The reader as a drawer over the page, wherever the Write view has no column for it.
import { lazy, Suspense } from 'react';
import { useReader, useRoute } from '../../app/hooks.ts';
import { useMedia, WIDE } from '../parts/useMedia.ts';

const ReaderDrawer = lazy(() => import('../reader/ReaderDrawer.tsx').then((file) => ({ default: file.ReaderDrawer })));

export function ReaderOverPage() {
  const { view } = useRoute();
  const { state } = useReader();
  const hasColumn = useMedia(WIDE) && view === 'write';
  if (state === 'closed' || hasColumn) return null;
  return (
    <Suspense>
      <ReaderDrawer />
    </Suspense>
  );
}
