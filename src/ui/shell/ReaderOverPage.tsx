// The reader as a drawer over the page, wherever the Write view has no column for it.
import { Suspense } from 'react';
import { useReader, useRoute } from '../../app/hooks.ts';
import { lazyPart } from '../parts/lazyPart.ts';
import { useMedia, WIDE } from '../parts/useMedia.ts';

const ReaderDrawer = lazyPart(() => import('../reader/ReaderDrawer.tsx').then((file) => file.ReaderDrawer));

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
